from sqlalchemy import Column, ForeignKey, Integer
from sqlalchemy.orm import backref, declarative_base, relationship

Base = declarative_base()


class Customer(Base):
    __tablename__ = "customers"
    id = Column(Integer, primary_key=True)


class Order(Base):
    __tablename__ = "orders"
    id = Column(Integer, primary_key=True)
    customer_id = Column(Integer, ForeignKey("customers.id"))
    total = Column(Integer)
    customer = relationship("Customer", lazy="joined")
    lines = relationship("Line")


class Invoice(Base):
    __tablename__ = "invoices"
    id = Column(Integer, primary_key=True)
    total = Column(Integer)
    lines = relationship("Line", lazy="joined")


class Payment(Base):
    __tablename__ = "payments"
    id = Column(Integer, primary_key=True)
    total = Column(Integer)


class Line(Base):
    __tablename__ = "lines"
    id = Column(Integer, primary_key=True)
    order_id = Column(Integer, ForeignKey("orders.id"))
    invoice_id = Column(Integer, ForeignKey("invoices.id"))
    payment_id = Column(Integer, ForeignKey("payments.id"))
    payment = relationship("Payment", backref=backref("lines", lazy="subquery"))
