from fastapi import APIRouter, Depends
from sqlalchemy import and_, select
from sqlalchemy.orm import Session, aliased

from shop.models import AuditEvent, Country, Order, User

router = APIRouter()


def session() -> Session:
    return Session()


def payable(db: Session):
    return db.query(Order).filter(Order.shop_id == 3)


@router.get("/orders")
def orders(shop: int, buyer: int | None = None, packers: list[int] = [], number: str | None = None, db: Session = Depends(session)):
    query = db.query(Order)
    if buyer:
        query = query.filter(Order.buyer_id == buyer)
    if shop:
        query = query.filter(Order.shop_id == shop)
    if packers:
        query = query.filter(Order.packer_id.in_(packers)).order_by(Order.id)
    if number:
        query = query.filter(Order.invoice_number == number)
    query = query.filter(Order.remark_code == "late")
    return query.limit(20).all()


@router.get("/shops/{shop}/orders")
async def of_shop(shop: int, seller: int | None = None, carrier: int | None = None, db: Session = Depends(session)):
    wanted = select(Order).where(Order.shop_id == shop)
    if seller:
        wanted = wanted.where(Order.seller_id == seller)
    conditions = []
    if carrier:
        conditions.append(Order.carrier_id == carrier)
    await db.scalars(select(Order).where(and_(True), *conditions))
    return (await db.scalars(wanted.limit(20))).all()


@router.get("/payable")
def payable_by(payer: int, reviewer: int, approver: int, db: Session = Depends(session)):
    base = payable(db)
    base = base.filter(Order.payer_id == payer)
    db.query(Order).filter(Order.refund_id == None).all()  # noqa: E711
    db.query(Order).filter(Order.reviewer_id == reviewer).all()
    db.query(Order).filter(Order.approver_id == approver).all()
    return base.all()


@router.get("/events")
def events(actor: str, kind: str, read: bool, thing: int, db: Session = Depends(session)):
    found = db.query(AuditEvent).filter(AuditEvent.is_read == read, AuditEvent.kind == kind)
    if actor:
        found = found.filter(AuditEvent.actor == actor)
    found = found.filter(AuditEvent.object_id == thing) if thing else found
    return found.limit(20).all()


@router.get("/things/{thing}/events")
def of_thing(thing: int, db: Session = Depends(session)):
    return db.query(AuditEvent).filter(AuditEvent.object_id == thing).limit(20).all()


@router.get("/countries/{code}")
def country(code: str, email: str, db: Session = Depends(session)):
    db.query(User).filter(User.email == email).first()
    return db.query(Country).filter(Country.code == code).first()


@router.post("/orders/{code}")
def again(code: str, state: str, db: Session = Depends(session)):
    if state != "open":
        if code:
            db.query(Order).filter(Order.repeat_code == code).first()
    return db.query(Order).filter(Order.pickup_code == code).first()


@router.get("/orders/{code}/people")
def people(code: str, db: Session = Depends(session)):
    newest = select(User.id).where(User.email == code).subquery()
    witness = aliased(User)
    db.query(Order).filter(Order.referrer_id == newest.c.id).all()
    return db.query(Order).filter(Order.witness_id == witness.id, witness.email == code).all()
