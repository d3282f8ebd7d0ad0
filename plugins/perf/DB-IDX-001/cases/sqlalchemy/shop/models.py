from sqlalchemy import Column, ForeignKey, Index, Integer, Text, UniqueConstraint
from sqlalchemy.dialects.postgresql import UUID
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Base(DeclarativeBase):
    pass


class Owned:
    owner_id = Column(ForeignKey("users.id"), index=True)


class User(Base):
    __tablename__ = "users"
    id = Column(UUID, primary_key=True)
    email = Column(Text)  # finding: DB-IDX-001 confidence: low


class OrderType(Base):
    __tablename__ = "order_types"
    id = Column(Integer, primary_key=True)


class Order(Owned, Base):
    __tablename__ = "orders"
    __table_args__ = (Index("orders_shop", "shop_id", "state"), UniqueConstraint("number", "customer_id"))
    id: Mapped[int] = mapped_column(primary_key=True)
    number = Column(Integer)
    state = Column(Integer)
    customer_id: Mapped[int] = mapped_column(ForeignKey("users.id"))  # finding: DB-IDX-001 confidence: medium
    shop_id = Column(ForeignKey("shops.id"))  # ok: the index of two columns begins with it; mutate: s/"shop_id", "state"/"state", "shop_id"/
    editor_id = Column(ForeignKey("users.id"))  # ok: a migration makes its index; mutate: migrations/versions/1_orders.py s/["editor_id"]/["state"]/
    packer_id = Column(ForeignKey("users.id"))  # ok: a script makes its index; mutate: scripts/indexes.sql s/packer_id/state/
    parent_id = Column(ForeignKey("orders.id"))  # ok: no query goes by it
    payer_id = Column(ForeignKey("users.id"))  # ok: it is joined, and what is asked for has an index; mutate: shop/api.py s/Order.payer_id == User.id/Order.payer_id == id/
    buyer_id = Column(ForeignKey("users.id"))  # ok: the number beside it has an index; mutate: shop/api.py s/Order.number == 3, //
    type_id = Column(ForeignKey("order_types.id"))  # finding: DB-IDX-001 confidence: low
    seller_id = Column(ForeignKey("users.id"))  # ok: only one side of what is asked for
    carrier_id = Column(ForeignKey("users.id"))  # ok: what the function has filtered by is not seen; mutate: shop/api.py s/open_orders(db).filter/db.query(Order).filter/


class Line(Base):
    __tablename__ = "lines"
    order_id = Column(ForeignKey("orders.id"), primary_key=True)  # ok: first of the key; mutate: s/order_id = Column(ForeignKey("orders.id"), primary_key=True)/order_id = Column(ForeignKey("orders.id"))/
    product_id = Column(ForeignKey("products.id"), primary_key=True)  # finding: DB-IDX-001


class Shop(Base):
    __tablename__ = "shops"
    id = Column(Integer, primary_key=True)
    parcels: Mapped[list["Parcel"]] = relationship(back_populates="shop")


class Parcel(Base):
    __tablename__ = "parcels"
    id = Column(Integer, primary_key=True)
    shop_id = Column(ForeignKey("shops.id"))  # finding: DB-IDX-001
    user_id = Column(ForeignKey("users.id"))  # ok: nobody reads the parcels of a user; mutate: shop/api.py s/shop.parcels/shop.users_parcels/
    shop: Mapped["Shop"] = relationship(back_populates="parcels")
    user = relationship("User", backref="users_parcels")
