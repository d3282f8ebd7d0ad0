from fastapi import FastAPI

app = FastAPI()


@app.get("/orders/{number}")
def order(number: int):
    return {"number": number}


def watch(before):
    for one in tracemalloc.take_snapshot().compare_to(before, "lineno")[:10]:
        log.warning("grew", place=str(one))
