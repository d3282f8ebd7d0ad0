import dataclasses

from databases import Database
from pydantic import BaseModel

database = Database("postgresql://shop")


class Order(BaseModel):
    customer_id: int
    product_id: int


async def owner_of(value):
    return await database.fetch_one(query="SELECT owner FROM rights WHERE thing = :thing", values={"thing": value})


async def check(order: Order, others):
    for name, field in type(order).model_fields.items():
        # ok: as many as somebody has written; mutate: s/type(order).model_fields.items()/others.items()/
        await owner_of((name, getattr(order, name)))


async def check_all(order, others):
    for field in dataclasses.fields(order):
        # ok: as many as somebody has written; mutate: s/dataclasses.fields(order)/others/
        await owner_of(field.name)


async def forget(order_id):
    query = "DELETE FROM lines WHERE order_id = :order"
    await database.execute(query=query, values={"order": order_id})
    query = "DELETE FROM orders WHERE id = :order"
    await database.execute(query=query, values={"order": order_id})


async def clear(customer, others):
    for order in customer.orders:
        await forget(order.id)  # ok: what is written one by one is DB-BATCH-001's


async def read(order_id):
    query = "SELECT id FROM lines WHERE order_id = :order"
    await database.fetch_all(query=query, values={"order": order_id})
    query = "SELECT id FROM orders WHERE id = :order"
    return await database.fetch_one(query=query, values={"order": order_id})


async def listed(customer):
    for order in customer.orders:
        await read(order.id)  # finding: DB-PERF-001
