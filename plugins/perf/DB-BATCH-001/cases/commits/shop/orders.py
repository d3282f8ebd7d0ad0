from sqlalchemy import insert
from sqlalchemy.orm import Session

from shop.models import Archive, Order


def store(session: Session, orders):
    for order in orders:
        session.add(order)
        # finding: DB-BATCH-001
        session.commit()


def mark(session: Session, orders):
    for order in orders:
        order.paid = True
        # finding: DB-BATCH-001
        session.commit()
        print(order.id)
    return len(orders)


def numbered(session: Session, rows):
    ids = []
    for row in rows:
        order = Order(**row)
        session.add(order)
        # finding: DB-BATCH-001 confidence: low
        session.commit()
        ids.append(order.id)
    return ids


def flushed(session: Session, rows):
    ids = []
    for row in rows:
        order = Order(**row)
        session.add(order)
        session.flush()
        session.commit()  # finding: DB-BATCH-001 confidence: medium
        ids.append(order.id)
    return ids


def collected(session: Session, rows):
    orders = []
    for row in rows:
        order = Order(**row)
        session.add(order)
        # finding: DB-BATCH-001 confidence: medium
        session.commit()
        orders.append(order)
    return orders


def archive(session: Session, customer, query):
    session.execute(insert(Archive).from_select(["id"], query.where(Order.customer == customer)))  # many
    session.commit()


def archive_all(session: Session, customers, query):
    for customer in customers:
        # ok: each turn moves many rows, and a commit keeps them; mutate: s/session.execute(insert(Archive).from_select(["id"], query.where(Order.customer == customer)))  # many/session.add(Archive(customer=customer))/
        archive(session, customer, query)


def forget(session: Session, customers):
    for customer in customers:
        # ok: one statement for many orders; mutate: s/Order.id.in_(customer.orders)/Order.id == customer.order/
        session.query(Order).filter(Order.id.in_(customer.orders)).delete()
