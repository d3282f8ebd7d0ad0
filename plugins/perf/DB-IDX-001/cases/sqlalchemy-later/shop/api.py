from fastapi import APIRouter, Depends
from sqlalchemy.orm import Session

from shop.models import Line, Order

router = APIRouter()


def session() -> Session:
    return Session()


@router.get("/orders/{id}")
def orders(id: int, db: Session = Depends(session)):
    db.query(Order).filter(Order.customer_id == id).all()
    db.query(Order).filter(Order.shop_id == id).all()
    db.query(Order).filter(Order.editor_id == id).all()
    db.query(Order).filter(Order.packer_id == id).all()
    return db.query(Line).filter(Line.order_id == id).all()
