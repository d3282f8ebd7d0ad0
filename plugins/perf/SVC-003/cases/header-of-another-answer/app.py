from fastapi import FastAPI, HTTPException

app = FastAPI()


@app.get("/orders")
def orders():
    raise HTTPException(
        503,
        headers={"Retry-After": "30"},
    )


@app.post("/login")
def login(name: str):
    raise HTTPException(status_code=429)  # finding: SVC-003 confidence: medium
