from fastapi import APIRouter

from shop.pool import get_pool

router = APIRouter()


@router.get("/orders")
async def orders():  # finding: API-001 confidence: medium
    pool = await get_pool()
    return await pool.fetch("SELECT id, total FROM orders")
