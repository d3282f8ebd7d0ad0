from fastapi import FastAPI

from shop.rates import Rates, Stock

app = FastAPI()
stock = Stock()


@app.get("/rates")
async def rates(currency: str):
    rates = Rates()
    return await rates.of(currency)


@app.get("/stock")
async def in_stock(number: int):
    return await stock.of(number)
