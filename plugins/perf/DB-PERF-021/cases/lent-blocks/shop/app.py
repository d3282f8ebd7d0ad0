from fastapi import FastAPI

from shop.engines import lifespan, make_engine

engine = make_engine()  # ok: the module keeps it
app = FastAPI(lifespan=lifespan)


@app.get("/orders")
async def orders():
    async with engine.connect() as connection:
        return (await connection.exec_driver_sql("SELECT id FROM orders LIMIT 10")).all()
