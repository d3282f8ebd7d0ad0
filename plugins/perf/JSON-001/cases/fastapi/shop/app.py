import json

import httpx
from fastapi import FastAPI
from fastapi.encoders import jsonable_encoder
from fastapi.responses import JSONResponse, StreamingResponse

from shop.orders import load, OrderOut

app = FastAPI()


@app.get("/orders/walked")
def walked():
    return JSONResponse(content=jsonable_encoder([order.as_dict() for order in load()]))  # finding: JSON-001 confidence: medium


@app.get("/orders/one")
def one():
    return JSONResponse(content=jsonable_encoder({"id": 1}))  # ok: one object; mutate: s/jsonable_encoder({"id": 1})/jsonable_encoder([order.id for order in load()])/


@app.get("/orders/twice")
def twice(order: OrderOut):
    return json.loads(order.model_dump_json())  # finding: JSON-001 confidence: medium


@app.get("/orders/shown")
def shown(order: OrderOut):
    plain = json.loads(order.model_dump_json())  # ok: a copy to be written to; mutate: s/del plain["cost"]/pass/
    del plain["cost"]
    return plain


@app.get("/orders/hooked")
def hooked(order: OrderOut):
    return json.loads(order.model_dump_json(), object_hook=OrderOut.cut)  # ok: the hook gives other values; mutate: s/, object_hook=OrderOut.cut//


@app.get("/orders/kept")
def kept(order: OrderOut):
    plain = json.loads(order.model_dump_json())  # ok: used for its number; mutate: s/return plain["number"]/return plain/
    return plain["number"]


@app.get("/orders/read")
def read(text: str):
    return json.loads(text)  # ok: a text of the caller


@app.get("/orders/other")
async def other(client: httpx.AsyncClient):
    answer = await client.get("https://orders", timeout=2)
    return json.loads(answer.text)  # ok: the answer of another service


@app.get("/orders/default")
def default_orders():  # finding: JSON-001 confidence: low
    return [order.as_dict() for order in load()]


@app.get("/orders/declared", response_model=list[OrderOut])
def declared_orders():  # ok: encoded by its model; mutate: s/, response_model=list[OrderOut]//
    return [order.as_dict() for order in load()]


@app.get("/orders/kinds")
def kinds_of_orders():  # ok: three that are written down here; mutate: s/{"kind": "open"}, {"kind": "paid"}/order.as_dict() for order in load()/
    return [{"kind": "open"}, {"kind": "paid"}]


@app.get("/orders/senders")
def senders():  # ok: few, by their name; mutate: s/def senders(/def orders(/
    return [order.as_dict() for order in load()]


@app.get("/orders/page")
def page(filters: dict):
    return json.loads(OrderOut(**filters).json())  # finding: JSON-001 confidence: medium


@app.get("/orders/told")
async def told(model):
    async def pieces():
        try:
            async for chunk in model.stream("orders"):
                yield json.dumps({"text": chunk}) + "\n"  # ok: waits for the model; mutate: s/async for chunk in model.stream("orders")/for order in load()/ s/{"text": chunk}/order.as_dict()/
        except ValueError as error:
            for one in error.args:
                yield json.dumps({"error": one}) + "\n"  # ok: the note of an error

    return StreamingResponse(pieces())


@app.get("/orders/stream")
def stream():
    def rows():
        for order in load():
            yield json.dumps(order.as_dict()) + "\n"  # finding: JSON-001 confidence: low

    return StreamingResponse(rows())
