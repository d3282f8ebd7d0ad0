from fastapi import FastAPI

app = FastAPI()  # ok: the proxy compresses; mutate: compose.yaml s|USE_GZIP: "yes"|USE_GZIP: "no"|


@app.get("/orders")
def orders():
    return []
