import qdrant_client

from shop.base import Store


class QdrantStore(Store):
    def __init__(self, url):
        self.client = qdrant_client.QdrantClient(url=url)

    async def _upsert(self, rows):
        self.client.upsert("docs", rows)  # finding: CONC-001


class AsyncQdrantStore(Store):
    def __init__(self, url):
        self.client = qdrant_client.AsyncQdrantClient(url=url)

    async def _upsert(self, rows):
        await self.client.upsert("docs", rows)  # ok: the asynchronous twin; mutate: s/await self/self/ s/AsyncQdrantClient/QdrantClient/
