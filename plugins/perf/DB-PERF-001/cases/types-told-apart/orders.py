from sqlalchemy import select

from models import Order
from sessions import Batch, ReadSession, WriteSession


class Orders:
    def __init__(self, session: ReadSession | WriteSession) -> None:
        self.session = session

    async def last(self, customer: int):
        found = await self.session.execute(select(Order).where(Order.customer == customer).limit(1))
        return found.scalar_one_or_none()


async def letters(session: ReadSession, customers: list[int]):
    orders = Orders(session)
    found = []
    for customer in customers:
        found.append(await orders.last(customer))  # finding: DB-PERF-001
    return found


def numbers(batches: list[str], batch: Batch):
    for name in batches:
        batch.append(name)  # ok: a list by another name
