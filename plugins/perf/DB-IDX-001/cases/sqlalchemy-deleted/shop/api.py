from uuid import UUID

from fastapi import APIRouter, Depends
from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from shop.models import Draft, Order, Shop, User, UserRole
from shop.repositories import Drafts, Users

router = APIRouter()


def found() -> User: ...


@router.delete("/users/{id}")
async def remove(one: User = Depends(found), users: Users = Depends(Users)):
    await users.delete(one)


@router.delete("/drafts/{id}")
async def forget(draft: Draft = Depends(found), drafts: Drafts = Depends(Drafts)):
    "drop draft"


@router.delete("/shops/{id}")
async def close(id: UUID, session: AsyncSession = Depends(AsyncSession)):
    shop = await session.get(Shop, id)
    await session.delete(shop)


@router.delete("/orders")
async def sweep(session: AsyncSession = Depends(AsyncSession)):
    await session.execute(delete(Order).where(Order.note == "old"))


@router.get("/roles/{role}/users")
async def holders(role: UUID, session: AsyncSession = Depends(AsyncSession)):
    return (await session.scalars(select(UserRole).where(UserRole.role_id == role))).all()
