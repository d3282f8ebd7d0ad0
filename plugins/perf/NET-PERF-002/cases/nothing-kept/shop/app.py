from fastapi import FastAPI
from slack_sdk import WebClient
from twilio.rest import Client

app = FastAPI()


@app.post("/notes")
def note(text: str):
    # ok: each question opens a connection of its own, whatever client asks it; mutate: s/WebClient(token="t")/Client("a", "t")/
    client = WebClient(token="t")
    client.chat_postMessage(channel="orders", text=text)


@app.post("/calls")
def call(number: str):
    client = Client("a", "t")  # finding: NET-PERF-002
    client.messages.create(to=number, from_="1", body="shipped")
