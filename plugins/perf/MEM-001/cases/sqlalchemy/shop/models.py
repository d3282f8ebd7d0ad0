from sqlalchemy import Boolean, Column, Integer, String
from sqlalchemy.orm import declarative_base, sessionmaker

Base = declarative_base()
session = sessionmaker()
SessionLocal = sessionmaker()


class User(Base):
    __tablename__ = "users"
    id = Column(Integer, primary_key=True)
    active = Column(Boolean)


class Order(Base):
    __tablename__ = "orders"
    id = Column(Integer, primary_key=True)
    user = Column(Integer)
    total = Column(Integer)


class Mark(Base):
    __tablename__ = "marks"
    id = Column(Integer, primary_key=True)
    text = Column(String)
