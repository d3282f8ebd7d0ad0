from sqlalchemy import create_engine, select
from sqlalchemy.orm import Session, declarative_base, joinedload, relationship, sessionmaker

Base = declarative_base()
SessionLocal = sessionmaker(bind=create_engine("postgresql://db/shop"))


class User(Base):
    __tablename__ = "users"


class Order(Base):
    __tablename__ = "orders"
    user = relationship(User)


def names(session: Session):
    orders = session.scalars(select(Order).options(joinedload(Order.user))).all()
    return [order.user.name for order in orders]  # ok: loaded with the orders; mutate: s/order.user.name for/session.get(User, order.user_id) for/


def named(session: Session, ids):
    users = session.scalars(select(User).where(User.id.in_(ids))).all()  # ok: one query before the loop
    by_id = {user.id: user for user in users}
    found = []
    for key in ids:
        found.append(by_id.get(key))  # ok: a dictionary; mutate: s/by_id.get(key)/session.get(User, key)/
    return found


def in_blocks(session: Session, ids):
    found = []
    for block in [ids[at : at + 100] for at in range(0, len(ids), 100)]:
        found += session.scalars(select(User).where(User.id.in_(block))).all()  # ok: one query per block; mutate: s/[ids[at : at + 100] for at in range(0, len(ids), 100)]/ids/
    return found
