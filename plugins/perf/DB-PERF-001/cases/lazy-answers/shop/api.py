from fastapi import APIRouter, Depends
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session, joinedload, selectinload

from shop import orders
from shop.models import Line, Order
from shop.shapes import LineSchema, OrderOut, OrderSchema, OrderShort

router = APIRouter()
orders_schema = OrderSchema(many=True)
order_schema = OrderSchema()
lines_schema = LineSchema(many=True)


def session() -> Session:
    return Session()


@router.get("/orders", response_model=list[OrderOut])
def listed(db: Session = Depends(session)):
    return db.query(Order).limit(50).all()  # finding: DB-PERF-001


@router.get("/orders/short", response_model=list[OrderShort])
def short(db: Session = Depends(session)):
    return db.query(Order).limit(50).all()  # ok: shows columns, and what is always loaded along; mutate: s/list[OrderShort]/list[OrderOut]/


@router.get("/orders/eager", response_model=list[OrderOut])
def eager(state: int | None = None, db: Session = Depends(session)):
    query = db.query(Order).options(joinedload(Order.customer), selectinload(Order.lines))
    if state:
        query = query.filter(Order.state == state)
    return query.all()  # ok: both come along; mutate: s/, selectinload(Order.lines)//


@router.get("/orders/typed")
def typed(db: Session = Depends(session)) -> list[OrderOut]:
    # finding: DB-PERF-001
    return orders.recent(db)


@router.get("/orders/later", response_model=list[OrderOut])
async def later(db: AsyncSession):
    # ok: a session of asyncio loads nothing by itself
    return (await db.scalars(select(Order))).all()


@router.get("/orders/{number}", response_model=OrderOut)
def one(number: int, db: Session = Depends(session)):
    # ok: one row; mutate: s/response_model=OrderOut)/response_model=list[OrderOut])/
    return db.query(Order).filter(Order.number == number).all()


def dumped(db: Session):
    orders_schema.dump(db.query(Order).all())  # finding: DB-PERF-001
    orders_schema.dump(db.query(Order).options(joinedload(Order.customer)).all())  # ok: comes along
    order_schema.dump(db.query(Order).all(), many=True)  # finding: DB-PERF-001
    OrderSchema(many=True, only=["id"]).dump(db.query(Order).all())  # ok: only the id is shown
    return lines_schema.dump(db.query(Line).all())  # ok: columns
