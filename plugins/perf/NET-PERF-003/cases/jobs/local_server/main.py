from fastapi import FastAPI

app = FastAPI()  # finding: NET-PERF-003 confidence: low -- for a developer


@app.get("/orders")
def orders():
    return [{"id": id} for id in range(500)]
