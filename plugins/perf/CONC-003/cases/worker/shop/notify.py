"""A loop of a daemon, its start, and a command."""
import asyncio

import httpx

client = httpx.AsyncClient()


async def ping(name: str):
    return await client.get(f"https://status.example/{name}")


async def keep_alive(names: list[str]):
    while True:
        for name in names:
            answer = await ping(name)  # ok: nobody waits for a daemon; mutate: s/while True:/if names:/
            print(answer)
        await asyncio.sleep(60)


async def setup():
    first = await ping("first")
    second = await ping("second")  # ok: once, at the start; mutate: s/def setup/def status/
    return first, second
