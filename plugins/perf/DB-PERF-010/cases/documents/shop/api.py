from fastapi import APIRouter

from shop.models import Order, User

router = APIRouter()


@router.get("/users")
async def users(value: str):
    await User.find_one(User.email == value)  # ok: indexed at the field; mutate: s/User.email/User.name/
    await User.find_one(User.phone == value)  # ok: indexed in the settings; mutate: shop/models.py s/["phone", /[/
    await User.find_one(User.city == value, User.state == value)  # ok: first of an index; mutate: s/User.city == value, //
    return await User.find_one(User.owner == value)  # ok: indexed by the base; mutate: s/User.owner/User.size/


@router.get("/orders")
def orders(value: str):
    Order.objects(user__ne=value).first()  # ok: nearly all of them are asked for
    Order.objects(shop=value).first()  # ok: first of an index; mutate: s/objects(shop=/objects(user=/
    return Order.objects(number__in=[value]).count()  # ok: unique; mutate: s/number__in/user__in/


@router.get("/names")
async def names(value: str):
    return await User.find({"name": value}).to_list()  # finding: DB-PERF-010


@router.get("/own")
def own(value: str):
    return Order.objects.filter(user=value).count()  # finding: DB-PERF-010


@router.get("/one")
async def one(value: str):
    return await User.find_one(User.name == value)  # finding: DB-PERF-010 confidence: high


@router.get("/first")
def first(value: str):
    return Order.objects(user=value).first()  # finding: DB-PERF-010
