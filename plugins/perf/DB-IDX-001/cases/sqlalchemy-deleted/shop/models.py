import uuid

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Base(DeclarativeBase):
    pass


class WithId:
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, default=uuid.uuid4)


class Shop(WithId, Base):
    __tablename__ = "shops"


class User(WithId, Base):
    __tablename__ = "users"
    orders: Mapped[list["Order"]] = relationship(cascade="all, delete-orphan")


class Role(WithId, Base):
    __tablename__ = "roles"


class Draft(WithId, Base):
    __tablename__ = "drafts"


class Session(WithId, Base):
    __tablename__ = "sessions"
    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey(User.id, ondelete="CASCADE"))  # finding: DB-IDX-001 confidence: medium
    draft_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("drafts.id", ondelete="CASCADE"))  # ok: no draft is deleted; mutate: shop/api.py s/"drop draft"/await drafts.delete(draft)/
    shop_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("shops.id", ondelete="CASCADE"))  # finding: DB-IDX-001 confidence: low


class Order(WithId, Base):
    __tablename__ = "orders"
    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("users.id"))  # finding: DB-IDX-001 confidence: medium
    packer_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("shops.id"))  # ok: the database refuses to delete the shop, and reads for it nothing that this says
    note: Mapped[str] = mapped_column(String(40))


class Message(WithId, Base):
    __tablename__ = "messages"
    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"), index=True)  # ok: declared at the column; mutate: s/, index=True//
    order_id: Mapped[uuid.UUID] = mapped_column(ForeignKey("orders.id", ondelete="CASCADE"))  # finding: DB-IDX-001 confidence: medium


class UserRole(WithId, Base):
    __tablename__ = "user_roles"
    __table_args__ = (UniqueConstraint("user_id", "role_id"),)
    user_id: Mapped[uuid.UUID] = mapped_column(ForeignKey(User.id, ondelete="CASCADE"))  # ok: the constraint begins with it; mutate: s/"user_id", "role_id"/"role_id", "user_id"/
    role_id: Mapped[uuid.UUID] = mapped_column(ForeignKey(Role.id, ondelete="CASCADE"))  # finding: DB-IDX-001 confidence: medium
