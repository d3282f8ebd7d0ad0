import asyncio

import aiohttp

API = "https://shop.example"


async def ask(path):
    async with aiohttp.ClientSession() as session:  # finding: NET-PERF-002 confidence: medium
        async with session.get(API + path) as answer:
            return await answer.json()


async def greet():
    async with aiohttp.ClientSession() as session:  # ok: once, when the process starts; mutate: s/    while True:/    while await greet():/
        async with session.get(API + "/hello") as answer:
            return await answer.json()


async def turn():
    orders = await ask("/orders")
    return [await ask(f"/orders/{order}") for order in orders]


async def run():
    await greet()
    while True:
        await turn()
        await asyncio.sleep(30)


def main():
    asyncio.run(run())


if __name__ == "__main__":
    main()
