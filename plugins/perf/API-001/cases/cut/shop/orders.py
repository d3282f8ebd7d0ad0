from typing import Annotated

from fastapi import Depends, FastAPI, Query
from psycopg import Connection
from sqlalchemy.orm import Session

from shop.models import Order

app = FastAPI()


def connection() -> Connection: ...


def session() -> Session: ...


class Orders:
    @classmethod
    async def all(cls, db: Connection, state: str = ""):
        statement = cls.statement(state)
        async with db.cursor() as cursor:
            await cursor.execute(statement)
            return await cursor.fetchall()

    @classmethod
    async def part(cls, db: Connection, offset: int, limit: int):
        statement = cls.statement(offset, limit)
        async with db.cursor() as cursor:
            await cursor.execute(statement)
            return await cursor.fetchall()


async def page_of_orders(db: Connection, page: int, per_page: int):
    orders = await Orders.all(db) or []
    start = (page - 1) * per_page
    end = start + per_page
    return {"orders": orders[start:end], "total": len(orders)}


@app.get("/orders")
async def orders(db: Annotated[Connection, Depends(connection)], page: int = Query(1), per_page: int = Query(20, le=100)):  # finding: API-001 confidence: medium
    return await page_of_orders(db, page, per_page)


@app.get("/orders/part")
async def part(db: Annotated[Connection, Depends(connection)], page: int = 1, per_page: int = 20):  # ok: the database cuts; mutate: s/Orders.part(db, offset, per_page)/Orders.all(db)/
    offset = (page - 1) * per_page
    orders = await Orders.part(db, offset, per_page)
    return orders[offset:offset + per_page]


@app.get("/orders/held")
def held(db: Session = Depends(session), offset: int = 0, limit: int = 20):  # finding: API-001 confidence: medium
    found = db.query(Order).order_by(Order.id).all()
    return found[offset:offset + limit]


@app.get("/orders/asked")
def asked(db: Session = Depends(session), offset: int = 0, limit: int = 20):  # ok: a query that is cut says so to the database; mutate: s/order_by(Order.total)/order_by(Order.total).all()/
    query = db.query(Order).order_by(Order.total)
    return query[offset:offset + limit]
