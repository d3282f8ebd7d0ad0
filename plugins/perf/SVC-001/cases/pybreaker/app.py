import httpx
from fastapi import FastAPI
import pybreaker

app = FastAPI()


@app.get("/orders/{number}")
def order(number: int):
    return httpx.get(f"https://stock/{number}", timeout=1).json()
