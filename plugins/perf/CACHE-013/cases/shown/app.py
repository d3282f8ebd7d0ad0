from fastapi import FastAPI, Response

app = FastAPI()


@app.get("/orders")
def orders(response: Response):
    response.headers["Cache-Control"] = "public, max-age=60"
    return find()
