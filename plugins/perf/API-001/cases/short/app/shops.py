from typing import Annotated

from fastapi import Depends, FastAPI
from psycopg import Connection

app = FastAPI()


def connection() -> Connection: ...


class Shops:
    @classmethod
    async def unapproved(cls, db: Connection):
        async with db.cursor() as cursor:
            await cursor.execute("SELECT name FROM shops WHERE approved != TRUE")
            return await cursor.fetchall()

    @classmethod
    async def closed(cls, db: Connection):
        async with db.cursor() as cursor:
            await cursor.execute("SELECT name FROM shops WHERE open != TRUE")
            return await cursor.fetchall()


@app.get("/shops/unapproved")
async def unapproved_shops(db: Annotated[Connection, Depends(connection)]):  # finding: API-001 confidence: low -- they wait until somebody decides
    return await Shops.unapproved(db)


@app.get("/shops/closed")
async def closed_shops(db: Annotated[Connection, Depends(connection)]):  # finding: API-001 confidence: medium
    return await Shops.closed(db)
