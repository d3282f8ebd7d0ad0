import psutil
from fastapi import FastAPI

MEMORY = Gauge("memory_bytes", "Resident memory")
MEMORY.set_function(lambda: psutil.Process().memory_info().rss)
app = FastAPI()


@app.get("/orders/{number}")
def order(number: int):
    return {"number": number}
