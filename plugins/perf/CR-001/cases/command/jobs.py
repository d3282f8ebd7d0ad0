import asyncio
import threading

from flask import Flask

app = Flask(__name__)


@app.post("/mail")
def mail():
    threading.Thread(target=deliver).start()
    return "ok"


def deliver():
    ...
