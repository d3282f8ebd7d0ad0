from fastapi import FastAPI
from psycopg_pool import AsyncConnectionPool, ConnectionPool


async def connect(app: FastAPI, address: str) -> None:
    app.state.pool = ConnectionPool(conninfo=address, open=True)
    app.state.reports = AsyncConnectionPool(conninfo=address)
