from sqlalchemy import Column, Integer, String
from sqlalchemy.orm import declarative_base

Base = declarative_base()


class Order(Base):
    __tablename__ = "orders"
    id = Column(Integer, primary_key=True)
    c1 = Column(String)
    c2 = Column(String)
    c3 = Column(String)
    c4 = Column(String)
    c5 = Column(String)
    c6 = Column(String)
    c7 = Column(String)
    c8 = Column(String)
    c9 = Column(String)
    c10 = Column(String)
    c11 = Column(String)
    c12 = Column(String)
    c13 = Column(String)
    c14 = Column(String)
    c15 = Column(String)
    c16 = Column(String)
    c17 = Column(String)
    c18 = Column(String)
    c19 = Column(String)
    c20 = Column(String)
    c21 = Column(String)


class Depot(Base):
    __tablename__ = "depots"
    id = Column(Integer, primary_key=True)
    name = Column(String)


class Sale(Order):
    seller = Column(String)


class Parcel(Base):
    __tablename__ = "parcels"
    id = Column(Integer, primary_key=True)
    c1 = Column(String)
    c2 = Column(String)
    c3 = Column(String)
    c4 = Column(String)
    c5 = Column(String)
    c6 = Column(String)
    c7 = Column(String)
    c8 = Column(String)
    c9 = Column(String)
    c10 = Column(String)
    c11 = Column(String)
    c12 = Column(String)
    c13 = Column(String)
    c14 = Column(String)
    c15 = Column(String)
    c16 = Column(String)
    c17 = Column(String)
    c18 = Column(String)
