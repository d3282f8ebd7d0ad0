import time
from fastapi import FastAPI

app = FastAPI()


@app.get("/orders/{number}")
def order(number: int):
    began = time.perf_counter()
    return {"number": number}
