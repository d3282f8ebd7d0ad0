from fastapi import FastAPI

from shop import clients

app = FastAPI()
orders = clients.Orders()


@app.get("/all")
async def everything():
    await orders.all()
    await clients.Stock.all()
    await clients.unbounded()
    await clients.through_two()
    return await clients.kept()
