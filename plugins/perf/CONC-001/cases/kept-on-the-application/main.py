import redis
import redis.asyncio
from fastapi import FastAPI

from views import router

app = FastAPI()
app.include_router(router)


@app.on_event("startup")
def start():
    app.state.prices = redis.Redis()
    app.state.orders = redis.asyncio.Redis()
