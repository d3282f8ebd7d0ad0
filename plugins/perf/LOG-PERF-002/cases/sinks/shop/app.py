import sys

import requests
from fastapi import FastAPI
from loguru import logger

app = FastAPI()


def to_chat(message):
    requests.post("https://chat/hook", json={"text": message}, timeout=2)


logger.add(sys.stdout)  # ok: plain output
# finding: LOG-PERF-002 confidence: medium
logger.add("shop.log", rotation="10 MB")
# finding: LOG-PERF-002 confidence: high
logger.add(to_chat)
logger.add("queued.log", rotation="10 MB", enqueue=True)  # ok: queued; mutate: s/, enqueue=True//


@app.get("/orders")
def orders():
    logger.info("orders")
