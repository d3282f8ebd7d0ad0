import psutil
from fastapi import FastAPI

app = FastAPI()


@app.get("/orders/{number}")
def order(number: int):
    print(psutil.cpu_percent())
    return {"number": number}
