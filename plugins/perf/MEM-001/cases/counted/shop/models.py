from sqlalchemy import Column, DateTime, Integer
from sqlalchemy.orm import declarative_base

Base = declarative_base()


class Delivery(Base):
    __tablename__ = "deliveries"
    id = Column(Integer, primary_key=True)
    owner_id = Column(Integer)
    created_at = Column(DateTime)
    delivered_at = Column(DateTime)
