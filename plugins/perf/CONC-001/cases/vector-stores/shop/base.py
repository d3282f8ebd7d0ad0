from abc import ABC, abstractmethod


class Store(ABC):
    async def upsert(self, rows):
        return await self._upsert(rows)

    @abstractmethod
    async def _upsert(self, rows): ...
