from sqlalchemy.orm import Session

from shop.models import Order


def bring(session: Session, rows):
    return [session.get(Order, row["id"]) for row in rows]  # finding: DB-PERF-001
