from fastapi import FastAPI

app = FastAPI()  # finding: NET-PERF-003


@app.get("/orders")
def orders():
    return []
