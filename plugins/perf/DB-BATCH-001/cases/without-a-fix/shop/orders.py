"""Commits in loops that cannot just stand behind them."""

from sqlalchemy.orm import Session

from shop.database import make_session
from shop.models import Order


def early(session: Session, orders):
    for order in orders:
        session.add(order)
        # finding: DB-BATCH-001
        session.commit()
        if order.last:
            return order
    return None


def refreshed(session: Session, orders):
    for order in orders:
        session.add(order)
        # finding: DB-BATCH-001
        session.commit()
        session.refresh(order)


def read(session: Session, orders):
    for order in orders:
        session.add(order)
        # finding: DB-BATCH-001
        session.commit()
        session.query(Order).count()


def handed(session: Session, orders, announce):
    for order in orders:
        session.add(order)
        # finding: DB-BATCH-001
        session.commit()
        announce(order)


def own_session(orders):
    for order in orders:
        with make_session() as session:
            session.add(order)
            # finding: DB-BATCH-001
            session.commit()


def made_in_the_loop(orders):
    for order in orders:
        session = make_session()
        session.add(order)
        # finding: DB-BATCH-001
        session.commit()


def under_a_test(session: Session, orders):
    for order in orders:
        session.add(order)
        if order.paid:
            # finding: DB-BATCH-001
            session.commit()


def alone(session: Session, orders):
    for order in session.query(Order).all():
        # finding: DB-BATCH-001
        session.commit()


def with_an_end(session: Session, orders):
    for order in orders:
        session.add(order)
        # finding: DB-BATCH-001
        session.commit()
    else:
        print("done")


class Shop:
    def __init__(self, session: Session):
        self.session = session

    def store(self, orders):
        for order in orders:
            self.session.add(order)
            # finding: DB-BATCH-001
            self.session.commit()


def one_line(session: Session, orders):
    for order in orders:
        # finding: DB-BATCH-001
        session.add(order); session.commit()


def rows(session: Session, orders):
    for order in orders:
        # finding: DB-BATCH-001
        session.execute("insert into orders values (:id)", {"id": order})
