from sqlalchemy import select

from shop.models import Order, User


def everybody(db):
    rows = db.scalars(select(User)).all()
    return [row.name for row in rows]


def page(db, size):
    return db.scalars(select(User).order_by(User.id).limit(min(size, 100))).all()


def ignoring(db, owner, limit):
    return db.scalars(select(Order).where(Order.owner == owner)).all()
