from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import Column, ForeignKey, Integer, String

db = SQLAlchemy()


class Customer(db.Model):
    __tablename__ = "customers"
    id = Column(Integer, primary_key=True)
    email = Column(String(200), unique=True)


class Order(db.Model):
    __tablename__ = "orders"
    id = Column(Integer, primary_key=True)
    customer_id = Column(Integer, ForeignKey("customers.id"))  # finding: DB-IDX-001
    # ok: indexed; mutate: s/, index=True//
    seller_id = Column(Integer, ForeignKey("customers.id"), index=True)
