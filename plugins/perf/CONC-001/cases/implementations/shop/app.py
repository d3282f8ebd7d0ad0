from fastapi import Depends, FastAPI

from shop.stores import Remote, Store

app = FastAPI()


@app.get("/keys")
async def keys(store: Store = Depends()):
    return store.keys()  # finding: CONC-001 confidence: medium


@app.get("/sizes")
async def sizes(store: Store = Depends()):
    return store.sizes()  # finding: CONC-001 confidence: medium


@app.get("/names")
async def names(store: Store = Depends()):
    return store.names()  # finding: CONC-001 confidence: high


@app.get("/told")
async def told(store: Store = Depends()):
    if isinstance(store, Remote):
        return store.keys()  # finding: CONC-001 confidence: high
    else:
        return store.keys()  # ok: only the other one asks elsewhere; mutate: s/isinstance(store, Remote)/isinstance(store, Store)/


@app.get("/remote")
async def remote(store: Remote = Depends()):
    return store.keys()  # finding: CONC-001 confidence: high
