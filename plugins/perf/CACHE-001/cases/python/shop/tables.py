from sqlalchemy import Column, Integer
from sqlalchemy.orm import declarative_base, sessionmaker

Base = declarative_base()
session = sessionmaker()


class Order(Base):
    __tablename__ = "orders"
    id = Column(Integer, primary_key=True)
    total = Column(Integer)
    owner = Column(Integer)
