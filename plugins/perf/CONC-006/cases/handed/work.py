import asyncio

import httpx

client = httpx.AsyncClient(timeout=5)


async def all_of(ids):
    await begin(ids)


async def begin(wanted):
    # finding: CONC-006 confidence: medium
    await asyncio.gather(*[client.get(f"https://orders/{one}") for one in wanted])


async def of_twenty(ids):
    # ok: whoever calls it counts them first; mutate: api.py s/if len(ids) > 20:/if not ids:/
    await asyncio.gather(*[client.get(f"https://orders/{one}") for one in ids])


async def first_of(ids):
    # ok: ten of them; mutate: api.py s/first_of(ids[:10])/first_of(ids)/
    await asyncio.gather(*[client.get(f"https://orders/{one}") for one in ids])


async def of_rows(rows):
    if len(rows) > 50:
        raise ValueError("too many")
    # ok: counted here; mutate: s/if len(rows) > 50:/if not rows:/
    await asyncio.gather(*[client.get(f"https://orders/{one}") for one in rows])


async def unseen(ids):
    # ok: nobody is seen to call it
    await asyncio.gather(*[client.get(f"https://orders/{one}") for one in ids])
