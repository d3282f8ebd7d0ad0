import asyncio

import dramatiq
from sqlalchemy.orm import Session

from shop.fetch import Fetcher


class Indexer:
    def __init__(self, db: Session):
        self.db = db

    async def run(self):
        await Fetcher(self.db)("x")
        self.db.commit()  # ok: the loop belongs to this worker alone


@dramatiq.actor
def index():
    asyncio.run(Indexer(Session()).run())
