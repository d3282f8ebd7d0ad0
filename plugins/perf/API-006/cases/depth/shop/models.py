from sqlalchemy import Column, Integer
from sqlalchemy.orm import declarative_base

Base = declarative_base()


class Order(Base):
    __tablename__ = "orders"
    id = Column(Integer, primary_key=True)
    owner_id = Column(Integer)
    hidden = Column(Integer)
    state = Column(Integer)


class Currency(Base):
    __tablename__ = "currencies"
    id = Column(Integer, primary_key=True)
