from typing import Annotated, Optional

from fastapi import Depends, FastAPI
from psycopg import Connection
from sqlalchemy import text
from sqlalchemy.orm import Session

app = FastAPI()


def connection() -> Connection: ...


class Orders:
    @classmethod
    async def all(cls, db: Connection, shop: Optional[int] = None, state: Optional[str] = None, size: Optional[int] = None):
        conditions = []
        values = {}
        if shop:
            conditions.append("shop = %(shop)s")
            values["shop"] = shop
        if state:
            conditions.append("state = %(state)s")
            values["state"] = state
        sql = f"SELECT * FROM orders {'WHERE ' + ' AND '.join(conditions) if conditions else ''} ORDER BY id"
        sql += " LIMIT %(size)s" if size else ""
        async with db.cursor() as cursor:
            await cursor.execute(sql, values)
            return await cursor.fetchall()


@app.get("/orders")
async def orders(db: Annotated[Connection, Depends(connection)], state: Optional[str] = None):  # finding: API-001 confidence: medium
    return await Orders.all(db, state=state)


@app.get("/orders/newest")
async def newest(db: Annotated[Connection, Depends(connection)]):  # ok: asks for twenty; mutate: s/size=20/state="new"/
    return await Orders.all(db, size=20)


@app.get("/orders/sized")
async def sized(db: Annotated[Connection, Depends(connection)], size: int = 50):  # ok: fifty where nobody asks; mutate: s/size: int = 50/size: int = None/
    return await Orders.all(db, size=size)


@app.get("/shops/{shop}/orders")
async def of_shop(shop: int, db: Annotated[Connection, Depends(connection)]):  # finding: API-001 confidence: medium -- those of one shop, and of them a limit is offered
    return await Orders.all(db, shop)


@app.get("/invoices")
def invoices(session: Session, shelf: Optional[int] = None):  # finding: API-001 confidence: medium
    where = "WHERE 1=1"
    if shelf is not None:
        where += " AND shelf = :shelf"
    query = text(f"SELECT id, amount FROM invoices {where} ORDER BY id")
    return session.execute(query, {"shelf": shelf}).fetchall()


@app.get("/stock")
def stock(session: Session, shelf: Optional[int] = None):  # ok: the last part bounds it; mutate: s/ LIMIT 100"/"/
    query = "SELECT id, amount FROM stock"
    if shelf is not None:
        query += " WHERE shelf = :shelf"
    query += " ORDER BY id LIMIT 100"
    return session.execute(text(query), {"shelf": shelf}).fetchall()


def narrowed(shelf):
    return f"WHERE shelf = {shelf}"


@app.get("/labels")
def labels(session: Session, shelf: int):  # ok: what the part says is not followed; mutate: s/{narrowed(shelf)}//
    return session.execute(text(f"SELECT id, line FROM labels {narrowed(shelf)}")).fetchall()


@app.get("/events")
async def events(db: Annotated[Connection, Depends(connection)], order: Optional[int] = None, shop: Optional[int] = None):  # finding: API-001 confidence: low -- those of an order or a shop
    if not (order or shop):
        raise ValueError("of which order or shop?")
    parts = []
    if order:
        parts.append("o.number = %(order)s")
    if shop:
        parts.append("o.shop = %(shop)s")
    sql = f"SELECT o.* FROM order_parts o WHERE {' AND '.join(parts)} ORDER BY o.id"
    async with db.cursor() as cursor:
        await cursor.execute(sql, {"order": order, "shop": shop})
        return await cursor.fetchall()
