from fastapi import APIRouter
from google.cloud import firestore
from tortoise import fields
from tortoise.models import Model

router = APIRouter()
db = firestore.Client()


class Order(Model):
    customer = fields.ForeignKeyField("models.Customer")
    lines: fields.ReverseRelation["Line"]


@router.get("/orders")
async def orders():
    names = []
    for order in await Order.filter(state="open"):
        names.append((await order.customer).name)  # finding: DB-PERF-001
    for order in await Order.all().prefetch_related("customer"):
        names.append(order.customer.name)  # ok: brought along
    for order in await Order.all().prefetch_related("customer"):
        names.append((await order.customer).name)  # ok: brought along; mutate: s/.prefetch_related("customer"):\n        names.append((await/:\n        names.append((await/
    return names


@router.get("/references")
def references():
    names = []
    for order in db.collection("orders").limit(50).stream():
        names.append(order.get("customer").get().get("name"))  # finding: DB-PERF-001
    for order in db.collection("orders").limit(50).stream():
        names.append(order.to_dict()["shop"].get().id)  # finding: DB-PERF-001
        names.append(order.to_dict()["size"].get("width"))  # ok: a part of the document itself
    return names
