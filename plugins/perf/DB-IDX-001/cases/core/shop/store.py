import sqlalchemy as sa
from databases import Database
from fastapi import FastAPI
from sqlalchemy import and_, select

from shop import tables
from shop.tables import customers, labels, lines, orders, refunds, roles, visits

app = FastAPI()
database = Database("postgresql://localhost/shop")


@app.get("/customers/{customer}/orders")
async def of_customer(customer: int):
    return await database.fetch_all(orders.select().where(orders.c.customer_id == customer))


@app.get("/packers/{packer}/orders")
async def of_packer(packer: int, depot: int):
    packed = await database.fetch_all(select(orders.c.id).where(orders.c.packer_id == packer))
    kept = await database.fetch_all(select(orders.c.id).where(orders.c.depot_id == depot))
    return packed, kept


@app.get("/coupons/{coupon}/orders")
async def of_coupons(coupon: int):
    o = tables.orders.alias()
    return await database.fetch_all(select(o.c.id, o.c.customer_id).where(and_(o.c["coupon_id"] == coupon, o.c.id > 4)))


@app.get("/orders/{number}")
async def one(number: int, carrier: int, tracking: str):
    first = await database.fetch_one(orders.select().where(orders.c.id == number))
    second = await database.fetch_one(select(orders).where(orders.c.id == number, orders.c.carrier_id == carrier))
    query = select(orders)
    query = query.where(orders.c.tracking_number == tracking)
    return first, second, await database.fetch_one(query)


@app.get("/products/{product}/lines")
async def of_product(product: int, order: int):
    sold = await database.fetch_all(lines.select(lines.c.product_id == product))
    return sold, await database.fetch_all(lines.select(lines.c.order_id == order))


@app.get("/visits")
async def seen(customer: int, shop_ids: list[int]):
    by = await database.fetch_all(sa.select(visits).where(visits.c.customer_id == customer))
    return by, await database.fetch_all(sa.select(visits.c.id).where(visits.c.shop_id.in_(shop_ids)))


@app.get("/refunds")
async def refunded(customer: int, clerk: int):
    joined = orders.join(refunds, orders.c.id == refunds.c.order_id)
    ours = select(refunds).select_from(orders.join(refunds)).where(orders.c.customer_id == customer)
    mine = select(refunds).where(sa.or_(refunds.c.clerk_id == clerk, refunds.c.id == clerk))
    return await database.fetch_all(ours), await database.fetch_all(mine), joined


@app.get("/labels")
async def labelled(order: int, role: int):
    await database.fetch_all(roles.select().where(roles.c.role_id == role))
    return await database.fetch_all(labels.select().where(labels.c.order_id == order))
