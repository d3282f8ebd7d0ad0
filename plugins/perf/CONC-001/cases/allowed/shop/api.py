import time

from fastapi import FastAPI

app = FastAPI()


@app.get("/")
async def paced():
    # perfctl: allow CONC-001 -- a development server with one user
    time.sleep(1)
