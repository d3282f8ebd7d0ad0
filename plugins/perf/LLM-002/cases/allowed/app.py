from flask import Flask
from openai import OpenAI

app = Flask(__name__)
client = OpenAI()


@app.post("/chat")
def chat():
    # perfctl: allow LLM-002 -- the widget shows whole answers only
    answer = client.chat.completions.create(model="m", messages=[])
    return answer.choices[0].message.content
