from fastapi import APIRouter, Depends
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session, joinedload, selectinload

from shop.models import Customer, Order

router = APIRouter()


def session() -> Session:
    return Session()


@router.get("/orders")
def orders(db: Session = Depends(session)):
    rows = db.execute(select(Order).where(Order.id > 3)).scalars().all()
    names = [row.customer.name for row in rows]  # finding: DB-PERF-001 confidence: high
    for order in db.query(Order).filter(Order.id > 3).all():
        names.append(order.customer.name)  # finding: DB-PERF-001
    for customer in db.scalars(select(Customer)):
        names.append(len(customer.orders))  # finding: DB-PERF-001
    counts = [customer.notes.count() for customer in db.query(Customer)]  # finding: DB-PERF-001
    joined = [order.customer.name for order in db.query(Order).options(joinedload(Order.customer))]  # ok: joined; mutate: s/.options(joinedload(Order.customer))//
    loaded = [customer.orders for customer in db.scalars(select(Customer).options(selectinload(Customer.orders)))]  # ok: loaded along; mutate: s/.options(selectinload(Customer.orders))//
    shops = [order.shop.id for order in db.query(Order)]  # ok: the relation is joined; mutate: shop/models.py s/relationship(lazy="joined")/relationship()/
    own = [order.customer.name for order in db.query(Order).filter_by(customer_id=3)]  # ok: one customer, asked for once; mutate: s/filter_by(customer_id=3)/filter_by(id=3)/
    pairs = [pair.customer for pair in db.query(Order, Customer)]  # ok: pairs of rows; mutate: s/query(Order, Customer)/query(Order)/
    return [names, counts, joined, loaded, shops, own, pairs]


def open_orders(db: Session):
    return db.query(Order).filter(Order.id > 3).all()


@router.get("/given")
def given(db: Session = Depends(session)):
    return [order.customer.name for order in open_orders(db)]  # finding: DB-PERF-001 confidence: medium


@router.get("/later")
async def later(db: AsyncSession):
    rows = (await db.execute(select(Order))).scalars().all()
    return [row.id for row in rows if row.customer]  # ok: an asynchronous session loads nothing by itself
