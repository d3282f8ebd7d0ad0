from databases import Database
from fastapi import Depends, FastAPI

from shop.lines import lines_of

app = FastAPI()
database = Database("postgresql://localhost/shop")


# Gives out one connection, whatever those call its type who take it.
async def get_db():
    async with database.connection() as held:
        yield held


@app.get("/orders/{number}")
async def order(number: int, db: Database = Depends(get_db)):
    row = await db.fetch_one("SELECT id FROM orders WHERE id = :id", {"id": number})
    depot = await db.fetch_one("SELECT id FROM depots WHERE city = :id", {"id": number})  # ok: one connection, whatever its type says; mutate: s/yield held/yield database/
    return row, depot


@app.get("/orders/{number}/lines")
async def lines(number: int, city: str, db: Database = Depends(get_db)):
    row = await db.fetch_one("SELECT id FROM depots WHERE city = :city", {"city": city})
    found = await lines_of(number, db)  # ok: the same connection, one function further down; mutate: s/yield held/yield database/
    return row, found


@app.get("/both/{number}")
async def both(number: int):
    row = await database.fetch_one("SELECT id FROM orders WHERE id = :id", {"id": number})
    depot = await database.fetch_one("SELECT id FROM depots WHERE city = :id", {"id": number})  # finding: CONC-003 -- each takes a connection of its own
    return row, depot


@app.get("/held/{number}")
async def held(number: int):
    async with database.connection() as connection:
        row = await connection.fetch_one("SELECT id FROM orders WHERE id = :id", {"id": number})
        depot = await connection.fetch_one("SELECT id FROM depots WHERE city = :id", {"id": number})  # ok: one connection; mutate: s/await connection.fetch_one/await database.fetch_one/
    return row, depot
