from fastapi import FastAPI
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, DeclarativeBase

app = FastAPI()


class Base(DeclarativeBase):
    pass


class StockItem(Base):
    __tablename__ = "stock"
    id: Mapped[int]


@app.post("/stock")
async def stock(ids: list[int], session: AsyncSession):
    found = []
    for item_id in ids:
        item = await session.get(StockItem, item_id)  # finding: DB-PERF-001
        if item:
            found.append(item)
    return found
