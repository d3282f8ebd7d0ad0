from fastapi import Depends, FastAPI
from sqlalchemy import select
from sqlalchemy.orm import Session

from shop.models import Shop, session

app = FastAPI()


class Bus:
    def __init__(self, database: Session = Depends(session)):
        self.database = database

    def dispatch(self, event: str, shop_id: int | None) -> list[int]:
        if not shop_id:
            return list(self.database.execute(select(Shop.id)).scalars())
        return [shop_id]

    def publish(self, event: str, shop_id: int | None) -> list[int]:
        return self.dispatch(event, shop_id)


@app.post("/shops/{shop_id}/orders")
async def order(shop_id: int, bus: Bus = Depends(Bus)):
    return bus.publish("ordered", shop_id)  # finding: CONC-001 confidence: low


@app.post("/orders")
async def order_all(bus: Bus = Depends(Bus)):
    return bus.publish("ordered", None)  # finding: CONC-001
