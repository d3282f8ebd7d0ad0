import asyncio
import multiprocessing

from fastapi import FastAPI

from shop.pages import join_pages

app = FastAPI()


@app.get("/joined")
async def joined(name: str):
    worker = multiprocessing.Process(target=join_pages, args=(name,))
    worker.start()
    worker.join()  # finding: CONC-001
    return {"name": name}


@app.get("/spawned")
async def spawned(name: str):
    context = multiprocessing.get_context("spawn")
    worker = context.Process(target=join_pages, args=(name,))
    worker.start()
    worker.join()  # finding: CONC-001
    return {"name": name}


@app.get("/waited")
async def waited(name: str):
    worker = multiprocessing.Process(target=join_pages, args=(name,))
    worker.start()
    await asyncio.to_thread(worker.join)  # ok: a thread waits; mutate: s/await asyncio.to_thread(worker.join)/worker.join()/
    return {"name": name}


@app.get("/text")
async def text(name: str):
    return {"name": ", ".join([name, "shop"])}  # ok: joins texts
