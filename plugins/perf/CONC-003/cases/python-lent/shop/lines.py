from databases import Database


async def lines_of(number: int, db: Database):
    return await db.fetch_all("SELECT id FROM lines WHERE order_id = :id", {"id": number})
