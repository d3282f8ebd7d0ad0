from fastapi import APIRouter, Depends
from sqlalchemy.orm import Session

from shop.models import Line, Message, OfferHistory

router = APIRouter()


def session() -> Session:
    return Session()


@router.get("/rooms/{room}/messages")
def messages(room: int, db: Session = Depends(session)):  # finding: API-001 confidence: medium
    return db.query(Message).filter(Message.room_id == room).all()


@router.get("/rooms/{room}/messages/latest")
def latest(room: int, after: int, db: Session = Depends(session)):  # finding: API-001 confidence: low -- a part of the time
    return db.query(Message).filter(Message.room_id == room, Message.sent > after).all()


@router.get("/orders/{order}/lines")
def lines(order: int, db: Session = Depends(session)):  # finding: API-001 confidence: low
    return db.query(Line).filter(Line.order_id == order).all()


@router.get("/offers/{offer}/versions")
def versions(offer: int, db: Session = Depends(session)):  # finding: API-001 confidence: low -- versions of one offer
    return db.query(OfferHistory).filter(OfferHistory.id == offer).all()


@router.get("/shops/{shop}/offers/history")
def versions_of_shop(shop: int, db: Session = Depends(session)):  # finding: API-001 confidence: medium
    return db.query(OfferHistory).filter(OfferHistory.shop_id == shop).all()
