from sqlalchemy.orm import Session

from shop.models import Order


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
