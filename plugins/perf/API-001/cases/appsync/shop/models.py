from sqlalchemy import Column, Integer, String, create_engine
from sqlalchemy.orm import declarative_base, sessionmaker

Base = declarative_base()
Session = sessionmaker(create_engine("postgresql://"))


class Order(Base):
    __tablename__ = "orders"
    id = Column(Integer, primary_key=True)
    shop = Column(String)


class Line(Base):
    __tablename__ = "lines"
    id = Column(Integer, primary_key=True)
