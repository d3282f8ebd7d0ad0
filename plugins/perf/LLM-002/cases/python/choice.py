from flask import Flask, request
from openai import OpenAI

app = Flask(__name__)
client = OpenAI()


@app.post("/choice")
def choice():
    if request.json["stream"]:
        return client.chat.completions.create(model="m", messages=[], stream=True)
    # ok: streams when it is asked to
    answer = client.chat.completions.create(model="m", messages=[])
    return answer.choices[0].message.content


@app.post("/plain")
def plain():
    answer = client.chat.completions.create(model="m", messages=[])  # finding: LLM-002 confidence: low
    return answer.choices[0].message.content
