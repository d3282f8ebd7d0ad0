async def name_of(user, database):
    row = await row_of(user, database)
    return row["name"]


async def row_of(user, database):
    return await database.fetch_one("SELECT id, name FROM users WHERE id = :user", {"user": user})
