from fastapi import FastAPI

sentry_sdk.init(dsn=DSN, traces_sample_rate=0.1)
app = FastAPI()


@app.get("/orders/{number}")
def order(number: int):
    return {"number": number}
