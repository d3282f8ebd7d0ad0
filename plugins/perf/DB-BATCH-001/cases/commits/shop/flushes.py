from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session

from shop.models import Line, Note, Order


def move(session: Session, orders, shop):
    for order in orders:
        order.shop_id = shop.id
        session.add(order)
        session.flush()  # finding: DB-BATCH-001
        note = Note(order_id=order.id, text="moved")
        note.author = shop.owner
        session.add(note)
    session.commit()


async def import_all(session: AsyncSession, rows):
    for row in rows:
        order = Order(**row)
        session.add(order)
        # finding: DB-BATCH-001
        await session.flush()
    await session.commit()


def with_lines(session: Session, rows):
    for row in rows:
        order = Order(number=row["number"])
        session.add(order)
        session.flush()  # ok: the order has its id by it, which its lines need; mutate: s/order_id=order.id, row=row/row=row/
        session.add(Line(order_id=order.id, row=row))
    session.commit()


def handed_on(session: Session, rows, seen):
    for row in rows:
        order = Order(**row)
        session.add(order)
        session.flush()  # ok: the row is handed on with its id; mutate: s/seen.append(order)/seen.append(row)/
        seen.append(order)
    session.commit()


def one_by_one(session: Session, rows):
    for row in rows:
        try:
            session.add(Order(**row))
            session.flush()  # ok: a row that is refused is left out alone
        except ValueError:
            session.rollback()
    session.commit()


def replaced(session: Session, rows):
    for row in rows:
        session.delete(row.before)
        session.flush()  # ok: the row before it has to go first; mutate: s/session.delete(row.before)/row.before.state = 3/
        session.add(row)
    session.commit()


def asked_again(session: Session, rows):
    for row in rows:
        session.add(row)
        session.flush()  # ok: the query behind it asks for the rows
        session.execute(select(Order).where(Order.number == row.number))
    session.commit()


def now_and_then(session: Session, rows):
    for at, row in enumerate(rows):
        session.add(row)
        if at % 500 == 0:
            session.flush()  # ok: every so often; mutate: s/if at % 500 == 0/if row.number/
    session.commit()
