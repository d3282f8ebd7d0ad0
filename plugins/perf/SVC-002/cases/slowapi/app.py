from fastapi import FastAPI
from slowapi import Limiter

app = FastAPI()


@app.post("/login")
def login(name: str):
    return name
