from fastapi import FastAPI
import redis

app = FastAPI()


@app.get("/orders")
def orders():
    return []
