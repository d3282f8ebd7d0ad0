import os

from fastapi import FastAPI

from shop import orders, tools

is_debug = os.getenv("DEBUG", "") == "1"
app = FastAPI()
app.include_router(orders.router)
if is_debug:
    app.include_router(router=tools.router)
