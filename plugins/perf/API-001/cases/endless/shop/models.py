from sqlalchemy import Column, ForeignKey, Integer
from sqlalchemy.orm import DeclarativeBase


class Base(DeclarativeBase):
    pass


class Message(Base):
    __tablename__ = "messages"
    id = Column(Integer, primary_key=True)
    room_id = Column(ForeignKey("rooms.id"), index=True)
    sent = Column(Integer)


class Line(Base):
    __tablename__ = "lines"
    id = Column(Integer, primary_key=True)
    order_id = Column(ForeignKey("orders.id"), index=True)


class OfferHistory(Base):
    __tablename__ = "offers_history"
    id = Column(Integer, primary_key=True)
    version = Column(Integer, primary_key=True)
    shop_id = Column(Integer, index=True)
