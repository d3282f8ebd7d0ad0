from functools import cache

from fastapi import FastAPI

app = FastAPI()


@cache  # finding: MEM-004
def page(url):
    return url


@app.get("/pages")
def show(url: str):
    return page(url)
