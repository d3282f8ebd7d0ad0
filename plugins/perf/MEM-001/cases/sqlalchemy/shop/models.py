from sqlalchemy import Boolean, Column, Integer
from sqlalchemy.orm import declarative_base, sessionmaker

Base = declarative_base()
session = sessionmaker()


class User(Base):
    __tablename__ = "users"
    id = Column(Integer, primary_key=True)
    active = Column(Boolean)


class Order(Base):
    __tablename__ = "orders"
    id = Column(Integer, primary_key=True)
    user = Column(Integer)
    total = Column(Integer)
