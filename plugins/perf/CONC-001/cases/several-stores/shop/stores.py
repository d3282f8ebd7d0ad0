import asyncio

from langchain_community.vectorstores.pgvector import PGVector
from langchain_mongodb import MongoDBAtlasVectorSearch
from sqlalchemy.orm import Session


class SqlStore(PGVector):
    def keys(self):
        with Session(self._bind) as session:
            return session.query(self.EmbeddingStore.custom_id).all()

    def names(self):
        with Session(self._bind) as session:
            return session.query(self.EmbeddingStore.name).all()


class ThreadedStore(SqlStore):
    async def keys(self):
        return await asyncio.to_thread(super().keys)

    async def names(self):
        return await asyncio.to_thread(super().names)

    async def delete(self, ids):
        return await asyncio.to_thread(super().delete, ids)


class DocumentStore(MongoDBAtlasVectorSearch):
    def keys(self):
        return self._collection.distinct("file_id")

    def names(self):
        return []

    def delete(self, ids):
        self._collection.delete_many({"file_id": {"$in": ids}})


def make_store(kind, url):
    if kind == "sql":
        return SqlStore(url)
    elif kind == "threads":
        return ThreadedStore(url)
    return DocumentStore(url)
