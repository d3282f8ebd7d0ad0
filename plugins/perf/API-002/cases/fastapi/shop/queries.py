from sqlalchemy import create_engine
from sqlalchemy.orm import sessionmaker

from shop.models import Order

Session = sessionmaker(create_engine("postgresql://db/shop"))


def session():
    with Session() as one:
        yield one


def newest(db, limit=None):
    return db.query(Order).order_by(Order.id.desc()).limit(limit).all()


def bounded(db, limit):
    size = min(limit or 20, 100)
    return db.query(Order).limit(size).all()
