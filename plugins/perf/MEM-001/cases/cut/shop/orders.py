from fastapi import Depends, FastAPI
from psycopg import Connection

app = FastAPI()


def connection() -> Connection: ...


class Orders:
    @classmethod
    async def all(cls, db: Connection):
        async with db.cursor() as cursor:
            await cursor.execute("SELECT * FROM orders ORDER BY id")
            return await cursor.fetchall()  # finding: MEM-001 -- the read itself is one of the whole table, too


async def page_of_orders(db: Connection, page: int, per_page: int):
    orders = await Orders.all(db)  # finding: MEM-001 confidence: medium
    start = (page - 1) * per_page
    return orders[start : start + per_page]


async def newest(db: Connection):
    orders = await Orders.all(db)  # ok: API-001 has the endpoint, and no page is cut; mutate: s/orders[-3:]/orders[page * limit : page * limit + limit]/
    return orders[-3:]


async def in_parts(db: Connection, size: int):
    orders = await Orders.all(db)  # ok: parts of them, one after the other
    for start in range(0, len(orders), size):
        yield orders[start : start + size]


@app.get("/orders")
async def orders(page: int = 1, per_page: int = 20, db: Connection = Depends(connection)):
    return await page_of_orders(db, page, per_page)


@app.get("/orders/newest")
async def newest_orders(db: Connection = Depends(connection)):
    return await newest(db)
