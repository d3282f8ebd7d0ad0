from sqlalchemy import Boolean, Column, DateTime, ForeignKey, Index, Integer, String, func
from sqlalchemy.orm import DeclarativeBase


class Base(DeclarativeBase):
    pass


class User(Base):
    __tablename__ = "users"
    id = Column(Integer, primary_key=True)
    # ok: an expression over it is indexed
    email = Column(String)


class Order(Base):
    __tablename__ = "orders"
    id = Column(Integer, primary_key=True)
    shop_id = Column(ForeignKey("shops.id"), index=True)
    buyer_id = Column(ForeignKey("users.id"))  # finding: DB-IDX-001 confidence: medium
    seller_id = Column(ForeignKey("users.id"))  # ok: the shop is always asked for, too; mutate: shop/orders.py s/wanted = select(Order).where(Order.shop_id == shop)/wanted = select(Order)/
    packer_id = Column(ForeignKey("users.id"))  # finding: DB-IDX-001
    carrier_id = Column(ForeignKey("users.id"))  # finding: DB-IDX-001
    payer_id = Column(ForeignKey("users.id"))  # ok: what the function has filtered by is not seen; mutate: shop/orders.py s/payable(db)/db.query(Order)/
    invoice_number = Column(String)  # finding: DB-IDX-001 confidence: medium
    remark_code = Column(String)  # ok: the same value each time; mutate: shop/orders.py s/Order.remark_code == "late"/Order.remark_code == shop/
    repeat_code = Column(String)  # finding: DB-IDX-001 confidence: low -- few requests get there
    pickup_code = Column(String)  # finding: DB-IDX-001 confidence: medium
    referrer_id = Column(ForeignKey("users.id"))  # ok: joined to another query's column; mutate: shop/orders.py s/Order.referrer_id == newest.c.id/Order.referrer_id == code/
    witness_id = Column(ForeignKey("users.id"))  # ok: joined to a table under another name; mutate: shop/orders.py s/Order.witness_id == witness.id/Order.witness_id == code/
    refund_id = Column(ForeignKey("refunds.id"))  # ok: asks which have none
    reviewer_id = Column(ForeignKey("users.id"))  # finding: DB-IDX-001 -- its index is for rows that the query does not ask for
    approver_id = Column(ForeignKey("users.id"))  # ok: only rows that are deleted are left out; mutate: s/deleted_at.is_(None)/state == "open"/
    deleted_at = Column(DateTime)
    state = Column(String)
    __table_args__ = (
        Index("orders_open", "reviewer_id", postgresql_where=state == "open"),
        Index("orders_there", "approver_id", postgresql_where=deleted_at.is_(None)),
    )


class AuditEvent(Base):
    __tablename__ = "audit_events"
    id = Column(Integer, primary_key=True)
    actor = Column(String)  # finding: DB-IDX-001 confidence: medium
    is_read = Column(Boolean)  # ok: two values
    kind = Column(String)  # ok: few values
    object_type = Column(String)
    object_id = Column(Integer)  # ok: stands behind the type in an index; mutate: s/"object_type", "object_id"/"object_type"/
    __table_args__ = (Index("audit_objects", "object_type", "object_id"),)


class Country(Base):
    __tablename__ = "countries"
    id = Column(Integer, primary_key=True)
    code = Column(String)  # finding: DB-IDX-001 confidence: low -- a table of few rows


Index("users_email", func.lower(User.email))
