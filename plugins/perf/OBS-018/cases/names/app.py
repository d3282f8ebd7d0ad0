from fastapi import FastAPI

app = FastAPI()


@app.get("/orders")
def orders():
    return []


ALLOWED = [
    "Retry-After",
    "Server-Timing",
]
