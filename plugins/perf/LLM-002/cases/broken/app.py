from flask import Flask
from openai import OpenAI

app = Flask(__name__)
client = OpenAI()


@app.post("/chat")
def chat():
    answer = client.chat.completions.create(model="m", messages=[])  # finding: LLM-002
    return answer.choices[0].message.content


def broken(:
    pass
