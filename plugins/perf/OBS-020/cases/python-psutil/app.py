from fastapi import FastAPI

app = FastAPI()


@app.get("/orders/{number}")
def order(number: int):
    return {"number": number}


def watch():
    if psutil.Process().memory_info().rss > LIMIT:
        log.warning("grown")
