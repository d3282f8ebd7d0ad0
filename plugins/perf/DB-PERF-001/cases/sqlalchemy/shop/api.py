from fastapi import FastAPI
from sqlalchemy import create_engine, select
from sqlalchemy.orm import Session, declarative_base, sessionmaker

app = FastAPI()
Base = declarative_base()
SessionLocal = sessionmaker(bind=create_engine("postgresql://db/shop"))


class Order(Base):
    __tablename__ = "orders"


class User(Base):
    __tablename__ = "users"


def user_of(session: Session, order):
    return session.get(User, order.user_id)


def names(session: Session, orders):
    found = []
    for order in orders:
        found.append(session.get(User, order.user_id))  # finding: DB-PERF-001
    return found


def through(session: Session, orders):
    return [user_of(session, order) for order in orders]  # finding: DB-PERF-001


def known(session: Session, orders):
    users = {user.id: user for user in session.scalars(select(User))}
    return [users.get(order.user_id) for order in orders]  # ok: a dictionary; mutate: s/users.get(order/session.get(User, order/


def chunks(session: Session, ids):
    found = []
    for start in range(0, len(ids), 500):
        found += session.scalars(select(User).where(User.id.in_(ids[start : start + 500]))).all()  # ok: one query per chunk
    return found


def rows(session: Session):
    return [order.id for order in session.scalars(select(Order))]  # ok: the rows of one query


def narrowed(session: Session, filters):
    query = session.query(Order)
    for value in filters:
        query = query.filter(Order.kind != value)  # ok: only builds; mutate: s/kind != value)/kind != value).first()/
    return query.all()
