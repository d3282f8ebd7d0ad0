from fastapi import FastAPI
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from shop.models import Delivery

app = FastAPI()


class Deliveries:
    def __init__(self, session: AsyncSession):
        self.session = session

    async def get_open(self, before):
        statement = select(Delivery).where(Delivery.delivered_at.is_(None), Delivery.created_at < before)
        return (await self.session.execute(statement)).scalars().all()

    async def get_of(self, owner_id: int):
        return (await self.session.execute(select(Delivery).where(Delivery.owner_id == owner_id))).scalars().all()


@app.get("/backlog")
async def backlog(session: AsyncSession, before: str):
    deliveries = Deliveries(session)
    # finding: MEM-001 confidence: medium
    waiting = await deliveries.get_open(before)
    if len(waiting) > 10:
        return {"status": "late", "waiting": len(waiting)}
    return {"status": "fine"}


@app.get("/open")
async def show(session: AsyncSession, before: str):
    deliveries = Deliveries(session)
    waiting = await deliveries.get_open(before)  # ok: the rows are shown, too; mutate: s/"rows": waiting, //
    return {"rows": waiting, "total": len(waiting)}


@app.get("/owners/{owner_id}")
async def of_owner(session: AsyncSession, owner_id: int):
    deliveries = Deliveries(session)
    own = await deliveries.get_of(owner_id)  # ok: those of one owner may be few; mutate: s/get_of(owner_id)/get_open(owner_id)/
    return {"total": len(own)}
