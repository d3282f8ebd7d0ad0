from sqlalchemy import ForeignKey
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class Claim(Base):
    __tablename__ = "claims"
    id: Mapped[int] = mapped_column(primary_key=True)
    holder_id: Mapped[int] = mapped_column(ForeignKey("users.id"))  # finding: DB-IDX-001 confidence: medium
    handler_id: Mapped[int] = mapped_column(ForeignKey("users.id"))  # ok: nothing goes by it; mutate: shop/claims.py s/query(Claim).filter_by(id=/query(Claim).filter_by(handler_id=/
