import sentry_sdk
from fastapi import FastAPI

sentry_sdk.init(dsn="https://errors.example/1")
app = FastAPI()


@app.get("/orders/{number}")
def order(number: int):
    return {"number": number}
