from sqlalchemy import Column, Integer, String
from sqlalchemy.orm import declarative_base

Base = declarative_base()


class Order(Base):
    __tablename__ = "orders"
    id = Column(Integer, primary_key=True)
    owner_id = Column(Integer)
    state = Column(String)


class Country(Base):
    __tablename__ = "countries"
    id = Column(Integer, primary_key=True)


class Memo(Base):
    __tablename__ = "memos"
    id = Column(Integer, primary_key=True)
