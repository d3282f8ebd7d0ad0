from sqlalchemy import Column, DateTime, ForeignKey, Index, Integer
from sqlalchemy.orm import declarative_base

Base = declarative_base()


class Transaction(Base):
    __tablename__ = "transactions"
    __table_args__ = (Index("by_project", "project_id", "created_at"),)
    id = Column(Integer, primary_key=True)
    account_id = Column(Integer, ForeignKey("accounts.id"), index=True)
    project_id = Column(Integer, ForeignKey("projects.id"))
    shop_id = Column(Integer, ForeignKey("shops.id"))
    created_at = Column(DateTime)


Index("by_shop", Transaction.shop_id, Transaction.created_at)
