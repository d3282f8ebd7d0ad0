import asyncpg


async def close(url, number):
    connection = await asyncpg.connect(url)
    await connection.execute("DELETE FROM accounts WHERE id = $1", number)
    await connection.execute("SELECT id FROM depots WHERE id = $1", number)
