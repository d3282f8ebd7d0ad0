from shop.providers import provider


async def upload():
    return await provider().upload_of_the_day()
