from fastapi import FastAPI

RESPONSES = Counter("http_responses_total", "Responses", ["route", "status"])
app = FastAPI()


@app.get("/orders/{number}")
def order(number: int):
    return {"number": number}
