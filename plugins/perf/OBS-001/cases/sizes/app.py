from prometheus_client import Histogram
from fastapi import FastAPI

app = FastAPI()


@app.get("/orders")
def orders():
    return []


SIZES = Histogram("upload_bytes", "Bytes of an upload")
