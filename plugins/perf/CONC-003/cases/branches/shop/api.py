import httpx
from fastapi import FastAPI

app = FastAPI()
client = httpx.AsyncClient(base_url="https://stock", timeout=3)


@app.get("/items/{number}")
async def item(number: int, kind: str):
    price, stock, late = None, None, None
    if kind == "price":
        price = await client.get(f"/prices/{number}")
    if kind in ("stock", "late"):
        stock = await client.get(f"/stock/{number}")  # ok: another kind; mutate: s/("stock", "late")/("stock", "price")/
    if kind != "price":
        late = await client.get(f"/late/{number}")  # finding: CONC-003
    return {"price": price, "stock": stock, "late": late}


@app.get("/either/{number}")
async def either(number: int, kind: str | None = None):
    price, stock = None, None
    if kind is None:
        price = await client.get(f"/prices/{number}")
    if kind is not None:
        stock = await client.get(f"/stock/{number}")  # ok: one or the other; mutate: s/kind is not None/number > 1/
    return {"price": price, "stock": stock}


@app.get("/changed/{number}")
async def changed(number: int, kind: str):
    price, stock = None, None
    if kind == "price":
        kind, price = "stock", await client.get(f"/prices/{number}")
    if kind == "stock":
        stock = await client.get(f"/stock/{number}")  # ok: needs what the first sets
    return {"price": price, "stock": stock}
