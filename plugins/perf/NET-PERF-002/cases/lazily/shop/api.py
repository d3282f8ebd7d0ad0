from fastapi import FastAPI

from shop import clients

app = FastAPI()


@app.get("/prices")
async def prices():
    http = await clients.Prices.client()
    await (await clients.orders.client()).get("https://orders")
    await (await clients.client()).get("https://stock")
    return [(await http.get("https://prices")).json(), clients.both(), clients.in_state(app)]
