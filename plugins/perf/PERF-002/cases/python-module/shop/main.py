from fastapi import FastAPI

from shop import cache, db, legacy, rates, setup_tables

app = FastAPI()


@app.on_event("startup")
async def start():
    legacy.open_again()  # ok: a start-up hook, not the import


@app.get("/")
def root():
    return legacy.find(1), cache.client.get("x"), rates.RATES, db.engine, setup_tables.Base
