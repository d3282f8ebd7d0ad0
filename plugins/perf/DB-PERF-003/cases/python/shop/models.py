from sqlalchemy import Column, Integer, Text
from sqlalchemy.orm import declarative_base, sessionmaker

Base = declarative_base()
session = sessionmaker()


class Order(Base):
    __tablename__ = "orders"
    id = Column(Integer, primary_key=True)
    total = Column(Integer)
    customer = Column(Integer)
    text = Column(Text)
    notes = Column(Text)

    @property
    def label(self):
        return self.text + self.notes


class Mark(Base):
    __tablename__ = "marks"
    id = Column(Integer, primary_key=True)
    text = Column(Text)
    label = Column(Text)
