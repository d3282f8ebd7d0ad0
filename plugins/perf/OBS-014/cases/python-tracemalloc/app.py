import tracemalloc
from fastapi import FastAPI

app = FastAPI()


@app.get("/orders/{number}")
def order(number: int):
    tracemalloc.start()
    return {"number": number}
