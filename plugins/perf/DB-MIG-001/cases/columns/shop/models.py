from sqlalchemy import Column, Integer, Text
from sqlalchemy.orm import declarative_base

Base = declarative_base()


class Order(Base):
    __tablename__ = "orders"
    id = Column(Integer, primary_key=True)
    note = Column(Text)  # finding: DB-MIG-001 confidence: medium


class Line(Base):
    __tablename__ = "lines"
    id = Column(Integer, primary_key=True)
    remark = Column(Text)  # ok: a migration adds it; mutate: migrations/versions/a0.py s/"remark"/"other"/


class Old(Base):
    __tablename__ = "olds"
    id = Column(Integer, primary_key=True)
    caption = Column(Text)  # ok: no migration makes its table, something else does
