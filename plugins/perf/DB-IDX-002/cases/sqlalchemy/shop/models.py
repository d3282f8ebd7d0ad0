from sqlalchemy import DateTime, ForeignKey, Index, String
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class Message(Base):
    __tablename__ = "messages"
    __table_args__ = (Index("messages_read", "read_at", "id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    thread_id: Mapped[int] = mapped_column(ForeignKey("threads.id"), index=True)
    created_at = mapped_column(DateTime)  # finding: DB-IDX-002 confidence: medium
    sent_at = mapped_column(DateTime)  # finding: DB-IDX-002 confidence: medium
    read_at = mapped_column(DateTime)  # ok: first of the index of two columns; mutate: s/"read_at", "id"/"id", "read_at"/
    seen_at = mapped_column(DateTime)  # ok: the rows of one thread; mutate: shop/api.py s/Message.thread_id == thread, //
    edited_at = mapped_column(DateTime)  # ok: a migration makes its index; mutate: migrations/versions/1_messages.py s/["edited_at"]/["id"]/
    subject = mapped_column(String)  # finding: DB-IDX-002 confidence: low
    digest = mapped_column(String)  # finding: DB-IDX-002 confidence: medium
    billed_at = mapped_column(DateTime)  # ok: an index stands behind the class; mutate: s/Message.billed_at)/Message.id)/


Index("messages_billed", Message.billed_at)
