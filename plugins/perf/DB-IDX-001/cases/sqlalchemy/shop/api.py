from fastapi import APIRouter, Depends
from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from shop.models import Line, Order, Shop, User

router = APIRouter()


def session() -> Session:
    return Session()


def open_orders(db: Session):
    return db.query(Order).filter(Order.number == 3)


@router.get("/orders/{id}")
def orders(id: int, db: Session = Depends(session)):
    db.scalars(select(Order).where(Order.customer_id == id).limit(20)).all()
    db.scalars(select(Order).where(Order.shop_id == id)).all()
    db.query(Order).filter(Order.editor_id == id).all()
    db.query(Order).filter(Order.packer_id == id).all()
    db.query(Order).filter(Order.type_id == id).all()
    db.query(Order).filter_by(owner_id=id).all()
    db.query(Order).filter(Order.payer_id == User.id).all()
    db.query(Order).filter(Order.number == 3, Order.buyer_id == id).all()
    db.query(Order).filter(or_(Order.seller_id == id, Order.state == 3)).all()
    db.query(Line).filter(Line.order_id == id).all()
    db.query(User).filter(User.email == "a").first()
    open_orders(db).filter(Order.carrier_id == id).all()
    return db.query(Line).filter_by(product_id=id).all()


@router.get("/shops/{id}")
def shops(id: int, db: Session = Depends(session)):
    shop = db.get(Shop, id)
    return shop.parcels
