from sqlalchemy import BigInteger, Column, DateTime, ForeignKey, Integer, Text
from sqlalchemy.dialects.postgresql import UUID
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class EventLog(Base):
    __tablename__ = "event_logs"
    id = Column(Integer, primary_key=True)  # finding: DB-TYPE-001 confidence: medium
    created_at = Column(DateTime)


class Message(Base):
    __tablename__ = "messages"
    id: Mapped[int] = mapped_column(primary_key=True)  # finding: DB-TYPE-001 confidence: low
    sent_at: Mapped[str] = mapped_column(DateTime)


class Visit(Base):
    __tablename__ = "visits"
    id = Column(BigInteger, primary_key=True)  # ok: 64 bits; mutate: s/Column(BigInteger, primary_key/Column(Integer, primary_key/
    created_at = Column(DateTime)


class Ping(Base):
    __tablename__ = "pings"
    id = Column(UUID, primary_key=True)  # ok: no number; mutate: s/UUID, primary_key/Integer, primary_key/
    created_at = Column(DateTime)
    visit_id = Column(Integer, ForeignKey("visits.id"))  # finding: DB-TYPE-001 confidence: high
    other_id = Column(BigInteger, ForeignKey("visits.id"))  # ok: as wide as what it refers to; mutate: s/other_id = Column(BigInteger/other_id = Column(Integer/


class PluginEvent(Base):
    __tablename__ = "plugin_events"
    id = Column(Integer, primary_key=True)  # finding: DB-TYPE-001 confidence: low
    name = Column(Text)


class Country(Base):
    __tablename__ = "countries"
    id = Column(Integer, primary_key=True)  # ok: there are few; mutate: s/class Country/class Click/
    added_at = Column(DateTime)
