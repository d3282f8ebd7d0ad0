import asyncio

import aioredis
import asyncpg
from fastapi import FastAPI, Request

app = FastAPI()
lock = asyncio.Lock()
pool = None
queues = {}
balances = {}
names = {}
answer = {"status": 200}


@app.get("/orders")
async def orders():
    global pool
    if pool is None:
        pool = await asyncpg.create_pool("postgres://db/shop")  # finding: CONC-004
    return await pool.fetch("SELECT 1")


@app.get("/queues/{name}")
async def queue(name: str):
    if name not in queues:
        queues[name] = await aioredis.from_url("redis://" + name)  # finding: CONC-004
    return await queues[name].ping()


@app.get("/kept/{name}")
async def kept(name: str, request: Request):
    clients = request.app.state.clients
    if name not in clients:
        clients[name] = await aioredis.from_url("redis://" + name)  # finding: CONC-004
    return await clients[name].ping()


@app.get("/locked/{name}")
async def locked(name: str):
    async with lock:
        if name not in queues:
            queues[name] = await aioredis.from_url("redis://x")  # ok: a lock; mutate: s/async with lock:/if name:/
    return await queues[name].ping()


@app.get("/names/{key}")
async def named(key: str):
    if key not in names:
        names[key] = await look_up(key)  # ok: the same whoever asks; mutate: s/await look_up(key)/await connect_pool(key)/
    return names[key]


@app.get("/tasks")
async def tasks():
    if "tasks" not in queues:
        queues["tasks"] = asyncio.create_task(look_up("x"))  # ok: nothing is awaited in between; mutate: s/asyncio.create_task/await connect/
    return {}


@app.post("/spend/{owner}")
async def spend(owner: str, amount: int):
    left = balances[owner]
    await look_up(owner)
    balances[owner] = left - amount  # finding: CONC-004
    return {}


@app.post("/earn/{owner}")
async def earn(owner: str, amount: int):
    await look_up(owner)
    had = balances[owner]
    balances[owner] = had + amount  # ok: nothing runs in between; mutate: s/    had = balances[owner]\n/    had = balances[owner]\n    await look_up(owner)\n/
    return {}


@app.get("/answer/{key}")
async def answered(key: str):
    answer["body"] = key  # finding: CONC-004
    return answer


@app.get("/own/{key}")
async def own(key: str):
    answer = {}
    answer["body"] = key  # ok: a local; mutate: s/    answer = {}\n//
    return answer


@app.on_event("startup")
async def start():
    global pool
    pool = await asyncpg.create_pool("postgres://db/shop")  # ok: runs once
