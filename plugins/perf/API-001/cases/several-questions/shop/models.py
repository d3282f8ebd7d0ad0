from sqlalchemy import Column, ForeignKey, Integer, String, create_engine
from sqlalchemy.orm import declarative_base, sessionmaker

Base = declarative_base()
SessionLocal = sessionmaker(bind=create_engine("postgresql://"))


class Order(Base):
    __tablename__ = "orders"
    id = Column(Integer, primary_key=True)
    owner = Column(Integer, ForeignKey("users.id"))
    state = Column(String)


class User(Base):
    __tablename__ = "users"
    id = Column(Integer, primary_key=True)
    name = Column(String)


class Role(Base):
    __tablename__ = "roles"
    id = Column(Integer, primary_key=True)
