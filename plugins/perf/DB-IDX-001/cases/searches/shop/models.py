from sqlalchemy import Column, Index, Integer
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import declarative_base

Base = declarative_base()


class Order(Base):
    __tablename__ = "orders"
    id = Column(Integer, primary_key=True)
    tokens = Column(TSVECTOR)  # finding: DB-IDX-001 confidence: medium


class Parcel(Base):
    __tablename__ = "parcels"
    __table_args__ = (Index("ix_parcels_found", "found", postgresql_using="gin"),)
    id = Column(Integer, primary_key=True)
    found = Column(TSVECTOR)  # ok: an index for searches; mutate: s/, postgresql_using="gin"//
