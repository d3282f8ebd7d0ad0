import time

from fastapi import FastAPI

app = FastAPI()


class Message:
    def __init__(self):
        # Two messages never carry the same time.
        time.sleep(0.001)
        self.at = time.time()


class Paced:
    def __init__(self):
        time.sleep(0.5)


@app.post("/messages")
async def add():
    return Message()  # ok: a millisecond holds up nobody; mutate: s/sleep(0.001)/sleep(1)/


@app.post("/paced")
async def paced():
    Paced()  # finding: CONC-001
    time.sleep(0.002)  # ok: two milliseconds; mutate: s/sleep(0.002)/sleep(2)/
    return 1
