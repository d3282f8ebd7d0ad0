from fastapi import FastAPI

from shop.queries import page_of

app = FastAPI()


@app.get("/orders", response_model=list[int])
def orders(skip: int = 0, limit: int = 20):  # finding: API-003
    return page_of(skip, limit)


@app.get("/broken"
