from fastapi import FastAPI
from pydantic import BaseModel, TypeAdapter

app = FastAPI()


class Order(BaseModel):
    number: int


class Page:
    def __init__(self, orders):
        self.orders = orders


@app.post("/orders")
def orders(data: list):
    return Page(orders=TypeAdapter(list[Order]).validate_python(data))  # finding: JSON-003


ADAPTER = TypeAdapter(list[Order])


@app.post("/kept")
def kept(data: list):
    return Page(orders=ADAPTER.validate_python(data))  # ok: made once; mutate: s/orders=ADAPTER.validate/orders=TypeAdapter(list[Order]).validate/
