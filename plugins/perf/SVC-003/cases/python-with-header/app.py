from fastapi import FastAPI, HTTPException

app = FastAPI()


@app.post("/login")
def login(name: str):
    # ok: says when; mutate: s/, headers={"Retry-After": "5"}//
    raise HTTPException(status_code=429, headers={"Retry-After": "5"})
