import cohere
import google.generativeai as genai
from fastapi import FastAPI
from langchain_openai import OpenAIEmbeddings
from openai import AsyncOpenAI, OpenAI
from sentence_transformers import SentenceTransformer

app = FastAPI()
client = OpenAI()
asynchronous = AsyncOpenAI()
other = cohere.Client()
local = SentenceTransformer("all-MiniLM-L6-v2")
questions = OpenAIEmbeddings()
MODEL = "text-embedding-3-small"


def embed(text):
    text = text.replace("\n", " ")
    return client.embeddings.create(model=MODEL, input=[text]).data[0].embedding


def embed_all(texts):
    return client.embeddings.create(model=MODEL, input=texts).data


@app.post("/documents")
def add(document: dict):
    vectors = []
    for chunk in document["chunks"]:
        vectors.append(client.embeddings.create(model=MODEL, input=chunk).data[0].embedding)  # finding: LLM-001 confidence: medium
    return vectors


@app.post("/documents/cohere")
def add_cohere(document: dict):
    return [other.embed(texts=[chunk["text"]], model="embed-v3") for chunk in document["chunks"]]  # finding: LLM-001


@app.post("/documents/google")
def add_google(document: dict):
    for chunk in document["chunks"]:
        content = f"{chunk['title']} {chunk['text']}"
        genai.embed_content(model="models/embedding-001", content=content)  # finding: LLM-001


@app.post("/documents/local")
def add_local(document: dict):
    return [local.encode(chunk) for chunk in document["chunks"]]  # finding: LLM-001


@app.post("/documents/helper")
def add_by_helper(document: dict):
    return [embed(chunk) for chunk in document["chunks"]]  # finding: LLM-001


@app.post("/questions")
def ask(document: dict):
    return [questions.embed_query(question) for question in document["questions"]]  # finding: LLM-001 confidence: low


@app.post("/moderation")
async def check(document: dict):
    for text in document["texts"]:
        await asynchronous.moderations.create(input=text)  # finding: LLM-001


@app.post("/slices")
def add_slices(document: dict):
    chunks = document["chunks"]
    for at in range(0, len(chunks), 512):
        client.embeddings.create(model=MODEL, input=chunks[at : at + 512])  # ok: as many as fit; mutate: s/range(0, len(chunks), 512)/range(len(chunks))/ s/chunks[at : at + 512]/chunks[at]/


@app.post("/books")
def add_books(books: list[dict]):
    for book in books:
        client.embeddings.create(model=MODEL, input=book["pages"]["texts"])  # finding: LLM-001 -- nothing says that this is a list
        embed_all(book.texts)  # ok: a list already; mutate: s/embed_all(book.texts)/embed(book.text)/ s/client.embeddings.create(model=MODEL, input=book["pages"]["texts"])/print(book)/


@app.post("/fallback")
def add_carefully(document: dict):
    try:
        return embed_all(document["chunks"])
    except ValueError:
        return [embed(chunk) for chunk in document["chunks"]]  # ok: all of them together failed; mutate: s/except ValueError:\n        return/except ValueError:\n        pass\n    return/


@app.post("/question")
def one(document: dict):
    return embed(document["text"])  # ok: one text


@app.post("/chat")
def chat(document: dict):
    for question in document["questions"]:
        client.chat.completions.create(model="gpt-4o", messages=[{"role": "user", "content": question}])  # ok: no interface takes conversations as a list
