import os

import grpc
import zeep
from flask import Flask, request
from geopy.geocoders import Nominatim
from google.cloud import vision
from langchain.chains import LLMChain
from langchain_google_genai import ChatGoogleGenerativeAI
from langchain_openai import ChatOpenAI, OpenAIEmbeddings

app = Flask(__name__)
embeddings = OpenAIEmbeddings(model="text-embedding-3-small")  # ok: one for the process


@app.post("/advice")
def advice():
    llm = ChatGoogleGenerativeAI(model="gemini-1.5-flash")  # finding: NET-PERF-002
    chain = LLMChain(llm=llm)  # ok: holds the model that it is given
    return {"answer": chain.invoke(request.json["text"])}


@app.post("/own")
def own():
    llm = ChatOpenAI(api_key=request.headers["x-key"])  # finding: NET-PERF-002 confidence: low
    return {"answer": llm.invoke(request.json["text"])}


@app.get("/place")
def place():
    geocoder = Nominatim(user_agent="shop")  # finding: NET-PERF-002
    return {"place": geocoder.geocode(request.args["q"])}


@app.get("/labels")
def labels():
    client = vision.ImageAnnotatorClient()  # finding: NET-PERF-002
    return {"labels": client.label_detection(image=request.args["image"])}


@app.get("/tax")
def tax():
    service = zeep.Client("https://tax.example/service?wsdl")  # finding: NET-PERF-002
    return {"tax": service.service.rate(request.args["country"])}


@app.get("/stock")
def stock():
    with grpc.insecure_channel(os.environ["STOCK"]) as channel:  # finding: NET-PERF-002
        return {"stock": channel.unary_unary("/stock")(b"")}
