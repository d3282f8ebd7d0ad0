from fastapi import FastAPI, HTTPException

app = FastAPI()


@app.post("/login")
def login(name: str):
    # perfctl: allow SVC-003 -- the gateway adds the header
    raise HTTPException(status_code=429)
