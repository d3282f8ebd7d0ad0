from fastapi import APIRouter

from shop.pool import get_pool

router = APIRouter()


@router.get("/orders")
async def orders():
    pool = await get_pool()
    return await pool.fetch("SELECT * FROM orders")  # finding: DB-PERF-020 confidence: high
