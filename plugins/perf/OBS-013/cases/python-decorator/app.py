from fastapi import FastAPI

app = FastAPI()


@app.get("/orders/{number}")
def order(number: int):
    return {"number": number}


import time


def timing(function):
    def run(*arguments):
        began = time.perf_counter()
        result = function(*arguments)
        log.info("took", seconds=time.perf_counter() - began)
        return result

    return run
