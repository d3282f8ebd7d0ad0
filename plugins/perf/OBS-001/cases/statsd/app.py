from fastapi import FastAPI
from statsd import StatsClient

app = FastAPI()
statsd = StatsClient()


@app.get("/orders/{number}")
def order(number: int):
    with statsd.timer("order"):
        return {"number": number}
