from sqlalchemy import select
from sqlalchemy.orm import Session

from shop.models import Customer, Order


def all_orders(db: Session):
    # ok: the endpoint answers with all of them, which is API-001's; mutate: shop/app.py s/return [order.id for order in orders]/send(orders)/
    return db.scalars(select(Order)).all()


def all_customers(db: Session):
    return db.scalars(select(Customer)).all()  # finding: MEM-001
