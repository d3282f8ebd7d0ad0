from opentelemetry import trace
from fastapi import FastAPI

app = FastAPI()


@app.get("/orders")
def orders():
    return []


tracer = trace.get_tracer(__name__)
