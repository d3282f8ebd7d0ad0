from fastapi import FastAPI, HTTPException

app = FastAPI()


@app.post("/login")
def login(name: str):
    raise HTTPException(status_code=429)  # ok: errors.py adds the header; mutate: errors.py s/Retry-After/X-Shop/
