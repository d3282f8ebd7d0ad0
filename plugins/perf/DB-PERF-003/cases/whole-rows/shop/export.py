from sqlalchemy import Column, Integer, String, Text, select
from sqlalchemy.orm import Session, declarative_base

Base = declarative_base()


class Order(Base):
    __tablename__ = "orders"
    id = Column(Integer, primary_key=True)
    number = Column(String)
    customer = Column(String)
    notes = Column(Text)


def exported(session: Session):
    found = []
    for order in session.execute(select(Order).where(Order.customer == "open")).scalars().all():  # ok: all of the row; mutate: s/order.__dict__/order.number/
        found.append(order.__dict__)
    return found
