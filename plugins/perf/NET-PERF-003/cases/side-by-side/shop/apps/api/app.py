from fastapi import FastAPI

app = FastAPI(title="API")  # finding: NET-PERF-003


@app.get("/orders")
def orders():
    return [{"number": number} for number in range(500)]
