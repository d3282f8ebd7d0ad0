from fastapi import FastAPI

app = FastAPI()


@app.get("/orders/{number}")
def order(number: int):
    return {"number": number}


def tell(response, took):
    response.headers["X-Process-Time"] = str(took)
