from fastapi import FastAPI, HTTPException

from limits import left

app = FastAPI()


@app.post("/login")
def login(name: str):
    raise HTTPException(status_code=429, headers=left(name))  # ok: the headers are made elsewhere; mutate: s/, headers=left(name)//
