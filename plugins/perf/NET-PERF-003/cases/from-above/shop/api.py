from fastapi import FastAPI

app = FastAPI(title="API")  # ok: the application that mounts it compresses


@app.get("/orders")
def orders():
    return [{"number": number} for number in range(500)]
