from sqlalchemy.orm import Session


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
