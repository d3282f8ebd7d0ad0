from sqlalchemy import Column, DateTime, Integer
from sqlalchemy.orm import declarative_base

Base = declarative_base()


class Event(Base):
    __tablename__ = "events"
    # finding: DB-TYPE-001
    id = Column(Integer, primary_key=True)
    at = Column(DateTime)


def broken(:
