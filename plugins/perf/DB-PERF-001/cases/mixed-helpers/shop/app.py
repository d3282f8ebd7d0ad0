from databases import Database
from fastapi import FastAPI

from shop.orders import Orders
from shop.users import name_of

app = FastAPI()
database = Database("postgresql://db/shop")


@app.post("/orders/close")
async def close_all():
    orders = await database.fetch_all("SELECT id FROM orders WHERE state = 'packed'")
    for order in orders:
        await Orders.lock_for_closing(order["id"], database)
        await Orders.close(order["id"], database)  # finding: DB-PERF-001 confidence: medium


@app.post("/orders/mark")
async def mark_all():
    orders = await database.fetch_all("SELECT id FROM orders WHERE state = 'packed'")
    for order in orders:
        await Orders.mark(order["id"], database)  # ok: reads nothing; mutate: shop/orders.py s/return await Orders.marked(order, database)/await Orders.total(order, database)/


@app.get("/messages")
async def inbox():
    messages = await database.fetch_all("SELECT sender_id, subject FROM messages LIMIT 50")
    # finding: DB-PERF-001 confidence: medium
    return [{"sender": await name_of(message["sender_id"], database), "subject": message["subject"]} for message in messages]
