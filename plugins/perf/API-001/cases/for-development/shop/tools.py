from fastapi import APIRouter

from shop.pool import get_pool

router = APIRouter()


@router.get("/records")
async def records():  # finding: API-001 confidence: low
    pool = await get_pool()
    return await pool.fetch("SELECT id, total FROM orders")
