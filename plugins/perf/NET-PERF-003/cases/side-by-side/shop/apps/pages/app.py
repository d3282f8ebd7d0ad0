from fastapi import FastAPI
from fastapi.middleware.gzip import GZipMiddleware

app = FastAPI(title="pages")  # ok: its own middleware compresses
app.add_middleware(GZipMiddleware)


@app.get("/orders")
def orders():
    return {"page": "orders"}
