from fastapi import APIRouter
from tortoise import fields
from tortoise.models import Model

router = APIRouter()


class Order(Model):
    customer = fields.ForeignKeyField("models.Customer")


@router.get("/orders")
async def orders():
    for order in await Order.filter(state="open"):
        await order.fetch_related("customer")  # finding: DB-PERF-001
    return await Order.all().prefetch_related("customer")
