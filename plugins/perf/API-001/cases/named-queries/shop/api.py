import aiosql
from fastapi import APIRouter, Depends

from shop.connections import connection

queries = aiosql.from_path("sql", "asyncpg")
router = APIRouter()


class Tags:
    def __init__(self, connection):
        self._connection = connection

    async def every(self):
        rows = await queries.get_all_tags(self._connection)
        return [row["tag"] for row in rows]


def tags() -> Tags:
    return Tags(connection())


@router.get("/tags")
async def all_tags(repository: Tags = Depends(tags)):  # finding: API-001
    return await repository.every()


@router.get("/tags/{tag}")
async def one_tag(tag: str):  # ok: the name says that it is one row
    return {"tag": await queries.get_tag(connection(), tag=tag)}


@router.get("/orders")
async def orders(limit: int = 20, offset: int = 0):  # ok: the statement has a limit; mutate: sql/orders.sql s/ LIMIT :limit OFFSET :offset//
    return {"orders": list(await queries.get_orders(connection()))}


@router.get("/orders/{number}/comments")
async def comments(number: int):  # finding: API-001
    rows = await queries.get_comments_for_order(connection(), number=number)
    return {"comments": [row["body"] for row in rows]}


@router.get("/orders/{number}/lines")
async def lines(number: int):  # finding: API-001 confidence: low
    rows = await queries.get_lines_for_order(connection(), order=number)
    return {"lines": [row["product"] for row in rows]}


@router.get("/roles")
async def roles():  # ok: few
    return {"roles": list(await queries.get_roles(connection()))}


@router.get("/count")
async def count():  # ok: one number
    return {"count": await queries.count_orders(connection())}
