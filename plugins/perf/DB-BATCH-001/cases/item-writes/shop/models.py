from sqlalchemy import Column, Integer, String
from sqlalchemy.orm import declarative_base

Base = declarative_base()


class Rate(Base):
    __tablename__ = "rates"
    id = Column(Integer, primary_key=True)
    kind = Column(String, index=True)


class Sale(Base):
    __tablename__ = "sales"
    id = Column(Integer, primary_key=True)
    total = Column(Integer)


class Stall(Base):
    __tablename__ = "stalls"
    id = Column(Integer, primary_key=True)
    state = Column(String)
