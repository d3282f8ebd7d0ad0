import newrelic.agent
from fastapi import FastAPI

newrelic.agent.initialize("newrelic.ini")
app = FastAPI()


@app.get("/orders/{number}")
def order(number: int):
    return {"number": number}
