from fastapi import FastAPI
from fastapi.middleware.gzip import GZipMiddleware

app = FastAPI()  # ok: its own middleware; mutate: s/from fastapi.middleware.gzip import GZipMiddleware/from shop import Timer/ s/app.add_middleware(GZipMiddleware)/app.add_middleware(Timer)/
app.add_middleware(GZipMiddleware)


@app.get("/orders")
def orders():
    return []
