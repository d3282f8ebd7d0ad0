from fastapi import APIRouter, Depends
from sqlalchemy import select
from sqlalchemy.orm import Session

from shop.models import Customer, session

router = APIRouter()


@router.get("/roles/{role}/customers")
def customers_by_role(role: str, db: Session = Depends(session)):  # finding: API-001 confidence: medium
    return db.query(Customer).filter_by(role=role).all()


@router.get("/states/{state}/customers")
def customers_by_state(state: str, db: Session = Depends(session)):  # finding: API-001 confidence: medium
    return db.scalars(select(Customer).where(Customer.state == state, Customer.deleted.is_(False))).all()


@router.get("/shops/{shop}/customers")
def customers_by_shop(shop: int, db: Session = Depends(session)):  # finding: API-001 confidence: low
    return db.query(Customer).filter_by(shop_id=shop).all()


@router.get("/shops/{shop}/customers/{role}")
def customers_by_shop_and_role(shop: int, role: str, db: Session = Depends(session)):  # finding: API-001 confidence: low
    return db.query(Customer).filter_by(shop_id=shop, role=role).all()
