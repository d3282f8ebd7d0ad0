import json

import anthropic
import google.generativeai as genai
import litellm
from fastapi import FastAPI
from fastapi.responses import JSONResponse
from langchain_openai import ChatOpenAI
from openai import AsyncOpenAI, OpenAI

app = FastAPI()
client = OpenAI()
asynchronous = AsyncOpenAI()
claude = anthropic.Anthropic()
chain = ChatOpenAI()
model = genai.GenerativeModel("gemini-pro")


def complete(prompt, temperature):
    answer = client.chat.completions.create(model="m", temperature=temperature, messages=[{"role": "user", "content": prompt}])  # finding: LLM-002
    return answer.choices[0].message.content


@app.post("/helper")
def helper(prompt: str):
    text = complete(prompt, 0.5)
    return JSONResponse({"text": text})


@app.post("/chat")
async def chat(prompt: str):
    answer = await asynchronous.chat.completions.create(model="m", messages=[{"role": "user", "content": prompt}])  # finding: LLM-002 confidence: medium
    return {"text": answer.choices[0].message.content}


@app.post("/claude")
def ask_claude(prompt: str):
    message = claude.messages.create(model="m", max_tokens=1024, messages=[{"role": "user", "content": prompt}])  # finding: LLM-002
    text = message.content[0].text
    return {"text": text.strip()}


@app.post("/gemini")
def ask_gemini(prompt: str):
    return {"text": model.generate_content(prompt).text}  # finding: LLM-002


@app.post("/litellm")
def ask_any(prompt: str):
    answer = litellm.completion(model="m", messages=[{"role": "user", "content": prompt}])  # finding: LLM-002
    return answer.choices[0].message.content


@app.post("/langchain")
def ask_chain(prompt: str):
    return {"text": chain.invoke(prompt).content}  # finding: LLM-002


@app.post("/order")
def order(prompt: str):
    answer = client.chat.completions.create(model="m", messages=[{"role": "user", "content": prompt}])  # ok: a program reads it; mutate: s/json.loads(answer.choices[0].message.content)/answer.choices[0].message.content/
    return json.loads(answer.choices[0].message.content)


@app.post("/shape")
def shape(prompt: str):
    answer = client.chat.completions.create(model="m", messages=[], response_format={"type": "json_object"})  # ok: no prose; mutate: s/, response_format={"type": "json_object"}//
    return answer.choices[0].message.content


@app.post("/short")
def short(prompt: str):
    answer = client.chat.completions.create(model="m", messages=[], max_tokens=64)  # ok: a few words; mutate: s/max_tokens=64/max_tokens=2048/
    return answer.choices[0].message.content


@app.post("/verdict")
def verdict(prompt: str):
    answer = client.chat.completions.create(model="m", messages=[])  # ok: only compared; mutate: s/answer.choices[0].message.content == "yes"/answer.choices[0].message.content/
    return answer.choices[0].message.content == "yes"


@app.post("/kept")
def kept(prompt: str, store):
    answer = client.chat.completions.create(model="m", messages=[])  # ok: nobody waits to read it; mutate: s/return {"kept": True}/return answer.choices[0].message.content/
    store.put(answer.choices[0].message.content)
    return {"kept": True}


def nightly(store):
    answer = client.chat.completions.create(model="m", messages=[])  # ok: no request waits
    return answer.choices[0].message.content


@app.post("/latest")
async def latest_answer(prompt: str):
    answer = await asynchronous.chat.completions.create(model="m", messages=[{"role": "user", "content": prompt}])  # finding: LLM-002
    return {"text": answer.choices[0].message.content}


@app.post("/tags")
async def tags_of(prompt: str):
    answer = await asynchronous.chat.completions.create(model="m", messages=[{"role": "user", "content": prompt}])  # ok: a few words; mutate: s/def tags_of/def advantage_of/
    return {"text": answer.choices[0].message.content}
