from fastapi import FastAPI

app = FastAPI()


@app.get("/orders/{number}")
def order(number: int):
    return {"number": number}


@app.middleware("http")
async def tell(request, call_next):
    response = await call_next(request)
    response.headers["Server-Timing"] = "app;dur=1"
    return response
