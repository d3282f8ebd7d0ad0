from sqlalchemy import Column, DateTime, Integer
from sqlalchemy.orm import declarative_base

Base = declarative_base()


class Event(Base):
    __tablename__ = "events"
    # perfctl: allow DB-TYPE-001 -- a hundred rows a day
    id = Column(Integer, primary_key=True)
    at = Column(DateTime)
