from fastapi import FastAPI
from sqlalchemy import create_engine
from sqlalchemy.orm import Session, declarative_base, sessionmaker

app = FastAPI()
Base = declarative_base()
SessionLocal = sessionmaker(bind=create_engine("postgresql://db/shop"))


class Line(Base):
    __tablename__ = "lines"


def lines_of(session: Session, order):
    return session.query(Line).filter(Line.order_id == order.number).all()


@app.post("/customers/orders")
def of_customer(orders: list, customer: dict):
    session, found = SessionLocal(), []
    for order in orders:
        # A customer has many orders.
        if order.customer_id != customer.id:
            continue
        found += lines_of(session, order)  # finding: DB-PERF-001
    for order in orders:
        if order.customer_id == customer.id:
            found += lines_of(session, order)  # finding: DB-PERF-001
    for order in orders:
        customer_of_order = order.customer
        if customer_of_order.id == customer.id:
            found += lines_of(session, order)  # finding: DB-PERF-001
    return found


@app.post("/orders/one")
def of_order(orders: list, wanted: int):
    session, found = SessionLocal(), []
    for order in orders:
        if order.order_id != wanted:
            continue
        found += lines_of(session, order)  # ok: only the one with that key; mutate: s/order.order_id != wanted/order.seller_id != wanted/
    for order in orders:
        if order.uuid == wanted:
            found += lines_of(session, order)  # ok: the same; mutate: s/order.uuid == wanted/order.state == wanted/
    for at in range(len(orders)):
        order = orders[at]
        if order.pk == wanted:
            found += lines_of(session, order)  # ok: the same; mutate: s/order.pk == wanted/order.state == wanted/
    return found


def load_lines(session: Session, number, state):
    if state == "open":
        return session.query(Line).filter(Line.order_id == number).all()
    return []


def load_open(session: Session, state, number):
    if state == "open":
        return session.query(Line).filter(Line.order_id == number).all()
    return []


@app.post("/orders/states")
def by_state(rows: list, by_name: dict, by_kind: dict):
    session, found = SessionLocal(), []
    for number, state in rows:
        found += load_lines(session, number, state)  # finding: DB-PERF-001
    for number, state in by_name.items():
        found += load_lines(session, number, state)  # finding: DB-PERF-001
    for state, number in by_kind.items():
        found += load_open(session, state, number)  # ok: only the entry with that key; mutate: s/by_kind.items()/rows/
    return found


@app.post("/films")
def film(parts: list, number: int):
    session, found = SessionLocal(), []
    for part in parts:
        if part.get("kind") == "film":
            found += lines_of(session, session.get(Line, number))  # finding: DB-PERF-001 confidence: low -- asked for the one part that is a film
    for part in parts:
        if part.get("kind") == "film":
            found += lines_of(session, part)  # finding: DB-PERF-001 confidence: high
    return found
