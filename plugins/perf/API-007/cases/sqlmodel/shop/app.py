from fastapi import Depends, FastAPI
from sqlmodel import Field, Session, SQLModel, func, select

from shop.db import session

app = FastAPI()


class Order(SQLModel, table=True):
    id: int = Field(primary_key=True)
    owner_id: int


@app.get("/orders")
def orders(skip: int = 0, db: Session = Depends(session)):
    count = db.exec(select(func.count()).select_from(Order)).one()  # finding: API-007 confidence: medium
    rows = db.exec(select(Order).order_by(Order.id).offset(skip).limit(20)).all()
    return {"data": rows, "count": count}


@app.get("/users/{user}/orders")
def of_user(user: int, skip: int = 0, db: Session = Depends(session)):
    count = db.exec(select(func.count()).select_from(Order).where(Order.owner_id == user)).one()  # finding: API-007 confidence: low
    rows = db.exec(select(Order).where(Order.owner_id == user).offset(skip).limit(20)).all()
    return {"data": rows, "count": count}
