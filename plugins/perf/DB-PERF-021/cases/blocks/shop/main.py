from contextlib import asynccontextmanager

from fastapi import FastAPI

from shop.database import make_pool


@asynccontextmanager
async def lifespan(app: FastAPI):
    pool = make_pool()
    await pool.open()
    yield {"pool": pool}
    await pool.close()


app = FastAPI(lifespan=lifespan)


class Orders:
    @classmethod
    async def close(cls, number: int):
        pool = make_pool()  # finding: DB-PERF-021 confidence: medium
        async with pool as opened:
            async with opened.connection() as connection:
                await connection.execute("UPDATE orders SET open = FALSE WHERE id = %s", [number])
