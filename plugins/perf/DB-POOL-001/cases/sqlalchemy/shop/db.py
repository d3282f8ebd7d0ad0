from sqlalchemy import create_engine
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.pool import NullPool

unbounded = create_engine("postgresql://shop@db/shop", pool_size=5, max_overflow=-1)  # finding: DB-POOL-001 confidence: high
endless = create_async_engine("postgresql+asyncpg://shop@db/shop", pool_size=0)  # finding: DB-POOL-001 confidence: high
huge = create_async_engine("postgresql+asyncpg://shop@db/shop", pool_size=500)  # finding: DB-POOL-001 confidence: medium
plain = create_engine("postgresql://shop@db/shop")  # ok: no threads of FastAPI are behind it
pooled = create_engine("postgresql://shop@pgbouncer/shop", poolclass=NullPool, max_overflow=-1)  # ok: another pool; mutate: s/poolclass=NullPool, //
