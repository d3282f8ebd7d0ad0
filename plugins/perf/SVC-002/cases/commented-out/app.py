from fastapi import FastAPI

app = FastAPI()


@app.post("/login")
def login(name: str):
    return name
