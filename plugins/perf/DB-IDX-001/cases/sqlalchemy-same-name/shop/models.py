from sqlalchemy import ForeignKey
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Base(DeclarativeBase):
    pass


# Three classes have a list of the same name: which of them is read says what it is read from.
class Order(Base):
    __tablename__ = "orders"
    id: Mapped[int] = mapped_column(primary_key=True)
    remarks: Mapped[list["OrderRemark"]] = relationship("OrderRemark", back_populates="order")


class Parcel(Base):
    __tablename__ = "parcels"
    id: Mapped[int] = mapped_column(primary_key=True)
    remarks: Mapped[list["ParcelRemark"]] = relationship("ParcelRemark", back_populates="parcel")


class Refund(Base):
    __tablename__ = "refunds"
    id: Mapped[int] = mapped_column(primary_key=True)
    remarks: Mapped[list["RefundRemark"]] = relationship("RefundRemark", back_populates="refund")


class OrderRemark(Base):
    __tablename__ = "order_remarks"
    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"), primary_key=True)  # finding: DB-IDX-001
    order: Mapped["Order"] = relationship("Order", back_populates="remarks")


class ParcelRemark(Base):
    __tablename__ = "parcel_remarks"
    id: Mapped[int] = mapped_column(primary_key=True)
    parcel_id: Mapped[int] = mapped_column(ForeignKey("parcels.id"), primary_key=True)  # finding: DB-IDX-001
    parcel: Mapped["Parcel"] = relationship("Parcel", back_populates="remarks")


class RefundRemark(Base):
    __tablename__ = "refund_remarks"
    id: Mapped[int] = mapped_column(primary_key=True)
    refund_id: Mapped[int] = mapped_column(ForeignKey("refunds.id"), primary_key=True)  # ok: nobody reads them; mutate: shop/views.py s/len(found.remarks)/len(refund.remarks)/
    refund: Mapped["Refund"] = relationship("Refund", back_populates="remarks")
