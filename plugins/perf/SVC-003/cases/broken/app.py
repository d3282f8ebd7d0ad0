from fastapi import FastAPI, HTTPException

app = FastAPI()


@app.post("/login")
def login(name: str):
    raise HTTPException(status_code=429)  # finding: SVC-003


def broken(:
