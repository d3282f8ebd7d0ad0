from sqlalchemy import Column, Float, Integer
from sqlalchemy.orm import declarative_base

Base = declarative_base()


class Rate(Base):
    __tablename__ = "rates"
    id = Column(Integer, primary_key=True)
    factor = Column(Float)
