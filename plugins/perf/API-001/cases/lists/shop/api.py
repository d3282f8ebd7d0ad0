from fastapi import Depends, FastAPI
from sqlalchemy import Column, Integer, create_engine
from sqlalchemy.orm import Session, declarative_base, sessionmaker

app = FastAPI()
Base = declarative_base()
SessionLocal = sessionmaker(bind=create_engine("postgresql://"))


class Order(Base):
    __tablename__ = "orders"
    id = Column(Integer, primary_key=True)


def database():
    session = SessionLocal()
    try:
        yield session
    finally:
        session.close()


@app.get("/orders")
def orders(db: Session = Depends(database)):  # finding: API-001
    return db.query(Order).all()


@app.get("/recent")
def recent(db: Session = Depends(database)):  # ok: bounded; mutate: s/.limit(50)//
    return db.query(Order).limit(50).all()
