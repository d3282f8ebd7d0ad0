from typing import Annotated, Optional

from fastapi import Depends, FastAPI
from psycopg import Connection
from sqlalchemy import text
from sqlalchemy.orm import Session

app = FastAPI()


def connection() -> Connection: ...


def session() -> Session: ...


async def shapes(db: Connection, box: Optional[str] = None):
    inside = ""
    values = {"host": "shop"}
    if box:
        inside = "AND ST_Intersects(s.shape, ST_GeomFromText(%(box)s))"
        values["box"] = box
    statement = f"""
        SELECT 'FeatureCollection' AS type, COALESCE(jsonb_agg(feature), '[]'::jsonb) AS features
        FROM (
            SELECT jsonb_build_object('id', s.id, 'link', concat(%(host)s::text, s.id)) AS feature
            FROM shops s
            WHERE s.is_open = TRUE {inside}
        ) AS features
    """
    async with db.cursor() as cursor:
        await cursor.execute(statement, values)
        return await cursor.fetchone()


@app.get("/map")
async def whole_map(db: Annotated[Connection, Depends(connection)], box: Optional[str] = None):  # finding: API-001 confidence: medium
    return await shapes(db, box)


@app.get("/shops/{shop}/rooms")
async def rooms(shop: int, db: Annotated[Connection, Depends(connection)]):  # ok: those of one shop; mutate: s/WHERE r.shop = %(shop)s//
    async with db.cursor() as cursor:
        await cursor.execute("SELECT json_agg(r) FROM rooms r WHERE r.shop = %(shop)s", {"shop": shop})
        return await cursor.fetchone()


@app.get("/newest")
def newest(db: Session = Depends(session)):  # ok: ten of them; mutate: s/ LIMIT 10)/)/
    return db.execute(text("SELECT json_agg(o) FROM (SELECT id, total FROM orders ORDER BY id DESC LIMIT 10) o")).scalar_one()


@app.get("/first")
async def first(db: Annotated[Connection, Depends(connection)]):  # ok: what belongs to one row; mutate: s/SELECT o.id, (SELECT json_agg(l) FROM lines l WHERE l.number = o.id) FROM/SELECT json_agg(o) FROM/
    async with db.cursor() as cursor:
        await cursor.execute("SELECT o.id, (SELECT json_agg(l) FROM lines l WHERE l.number = o.id) FROM orders o ORDER BY o.id")
        return await cursor.fetchone()
