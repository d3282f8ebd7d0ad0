from fastapi import FastAPI, HTTPException, status
from fastapi.responses import JSONResponse

app = FastAPI()


@app.post("/login")
def login(name: str):
    if name == "a":
        raise HTTPException(status_code=429, detail="too many logins")  # finding: SVC-003 confidence: medium
    if name == "b":
        return JSONResponse({"retry_after": 5}, status_code=status.HTTP_429_TOO_MANY_REQUESTS)  # finding: SVC-003
    return name


@app.post("/orders")
def order(name: str, response):
    if response.status_code == 429:  # ok: what another service answered
        return None
    raise HTTPException(status_code=409)  # ok: another status; mutate: s/409/429/
