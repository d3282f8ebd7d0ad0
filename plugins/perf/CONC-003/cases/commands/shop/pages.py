from shop.providers import provider


async def page():
    return await provider().show_of_the_day()
