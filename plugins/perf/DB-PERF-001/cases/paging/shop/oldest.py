from sqlalchemy import select
from sqlalchemy.orm import Session

from shop.models import Entry


def oldest(session: Session, most: int):
    seen = []
    for _ in range(most):
        query = select(Entry.created).order_by(Entry.created).limit(1)
        if seen:
            query = query.where(Entry.created > seen[-1])
        # ok: goes on from the turn before; mutate: s/for _ in range(most):/for _ in session.info["days"]:/
        found = session.execute(query).scalars().all()
        if not found:
            return seen
        seen += found
    return seen
