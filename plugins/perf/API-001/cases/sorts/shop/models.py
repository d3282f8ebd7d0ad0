from sqlalchemy import Boolean, Column, Integer, String, create_engine
from sqlalchemy.orm import Session, declarative_base

Base = declarative_base()
engine = create_engine("postgresql://localhost/shop")


class Customer(Base):
    __tablename__ = "customers"
    id = Column(Integer, primary_key=True)
    role = Column(String)
    state = Column(String)
    shop_id = Column(Integer)
    deleted = Column(Boolean)


def session():
    with Session(engine) as db:
        yield db
