import time

from fastapi import FastAPI

app = FastAPI()


@app.get("/")
async def before():
    time.sleep(1)  # finding: CONC-001


def unfinished(:
    pass


@app.get("/after")
async def after():
    time.sleep(1)  # finding: CONC-001
