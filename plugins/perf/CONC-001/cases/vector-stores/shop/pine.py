from shop.base import Store


class PineStore(Store):
    def __init__(self, index):
        self.index = index

    async def _upsert(self, rows):
        self.index.upsert(vectors=rows)  # finding: CONC-001
