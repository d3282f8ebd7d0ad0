import os

from fastapi import FastAPI

from shop.stores import ThreadedStore, make_store

app = FastAPI()
store = make_store(os.environ["STORE"], os.environ["URL"])


@app.get("/keys")
async def keys():
    if isinstance(store, ThreadedStore):
        return await store.keys()  # ok: runs in a thread
    else:
        return store.keys()  # finding: CONC-001 confidence: high


@app.get("/names")
async def names():
    if isinstance(store, ThreadedStore):
        return await store.names()  # ok: runs in a thread
    else:
        return store.names()  # finding: CONC-001 confidence: medium


@app.delete("/keys")
async def delete(ids: list[str]):
    if isinstance(store, ThreadedStore):
        await store.delete(ids)  # ok: runs in a thread
    else:
        store.delete(ids)  # finding: CONC-001 confidence: high
