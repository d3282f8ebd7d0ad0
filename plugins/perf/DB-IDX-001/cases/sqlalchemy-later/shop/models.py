import sqlalchemy as sa
from sqlalchemy import Column, ForeignKey, Index, Integer, func
from sqlalchemy.dialects.postgresql import UUID
from sqlalchemy.orm import DeclarativeBase


class Base(DeclarativeBase):
    pass


class User(Base):
    __tablename__ = "users"
    id = Column(UUID, primary_key=True)


class Order(Base):
    __tablename__ = "orders"
    id = Column(Integer, primary_key=True)
    state = Column(Integer)
    customer_id = Column(ForeignKey("users.id"))  # ok: an index stands behind the class; mutate: s/Order.customer_id, Order.state/Order.state, Order.customer_id/
    shop_id = Column(ForeignKey("users.id"))  # ok: one that a name holds; mutate: s/Order.shop_id.desc()/Order.state.desc()/
    editor_id = Column(ForeignKey("users.id"))  # ok: one of its table; mutate: s/c.editor_id/c.state/
    packer_id = Column(ForeignKey("users.id"))  # finding: DB-IDX-001 confidence: medium


class Line(Base):
    __tablename__ = "lines"
    id = Column(Integer, primary_key=True)
    name = Column(Integer)
    order_id = Column(ForeignKey("orders.id"))  # ok: what an index over an expression begins with is not known; mutate: s/func.coalesce(Line.order_id, 0)/Line.name/


Index("orders_customer", Order.customer_id, Order.state)
by_shop = sa.Index("orders_shop", Order.shop_id.desc())
Index("orders_editor", Order.__table__.c.editor_id)
Index("lines_order", func.coalesce(Line.order_id, 0))
