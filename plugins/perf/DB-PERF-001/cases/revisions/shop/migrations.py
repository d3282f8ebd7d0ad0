from sqlalchemy import text


async def m004_names(db):
    rows = (await db.execute(text("SELECT id FROM orders"))).all()
    for row in rows:
        # ok: a migration runs once
        await db.execute(text("SELECT name FROM users WHERE id = :id"), {"id": row.id})
