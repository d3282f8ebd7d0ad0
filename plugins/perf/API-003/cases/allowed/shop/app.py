from fastapi import FastAPI

from shop.queries import page_of

app = FastAPI()


# perfctl: allow API-003 -- the partner's protocol asks for an array
@app.get("/orders", response_model=list[int])
def orders(skip: int = 0, limit: int = 20):
    return page_of(skip, limit)
