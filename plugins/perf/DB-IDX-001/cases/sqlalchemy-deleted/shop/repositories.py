from typing import Generic, TypeVar

from sqlalchemy.ext.asyncio import AsyncSession

M = TypeVar("M")


class Repository(Generic[M]):
    def __init__(self, session: AsyncSession):
        self.session = session

    async def delete(self, row: M) -> None:
        await self.session.delete(row)
        await self.session.commit()


class Users(Repository):
    pass


class Drafts(Repository):
    pass
