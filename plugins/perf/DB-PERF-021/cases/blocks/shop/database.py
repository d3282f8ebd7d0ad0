from psycopg_pool import AsyncConnectionPool


def make_pool() -> AsyncConnectionPool:
    return AsyncConnectionPool("postgres://db/shop", open=False)
