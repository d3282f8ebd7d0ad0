from fastapi import FastAPI, HTTPException

from work import all_of, first_of, of_rows, of_twenty

app = FastAPI()


@app.post("/orders")
async def orders(ids: list[int]):
    await all_of(ids)


@app.post("/few")
async def few(ids: list[int]):
    if len(ids) > 20:
        raise HTTPException(422)
    await of_twenty(ids)


@app.post("/first")
async def first(ids: list[int]):
    await first_of(ids[:10])


@app.post("/rows")
async def rows(ids: list[int]):
    await of_rows(rows=ids)
