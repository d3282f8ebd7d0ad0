from fastapi import APIRouter, Depends
from sqlalchemy import select
from sqlalchemy.orm import Session

from shop.models import Message, Order, User, current_superuser, current_user, session

router = APIRouter()


@router.get("/users", dependencies=[Depends(current_superuser)])
def users(skip: int = 0, limit: int = 100, db: Session = Depends(session)):
    return db.scalars(select(User).order_by(User.id).offset(skip).limit(limit)).all()  # finding: API-006 confidence: low


@router.get("/orders")
def orders(skip: int = 0, limit: int = 100, db: Session = Depends(session), me: User = Depends(current_user)):
    if me.is_superuser:
        # Everybody's orders are for those who run the shop.
        return db.scalars(select(Order).order_by(Order.id).offset(skip).limit(limit)).all()  # finding: API-006 confidence: low
    return []


@router.get("/messages")
def messages(skip: int = 0, limit: int = 100, db: Session = Depends(session), me: User = Depends(current_user)):
    return db.scalars(select(Message).order_by(Message.id).offset(skip).limit(limit)).all()  # finding: API-006 confidence: medium
