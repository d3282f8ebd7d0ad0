import asyncio

from quart import Quart
from quart_cors import cors

app = Quart(__name__)
app = cors(app, allow_origin="*")


@app.post("/update")
async def update():
    asyncio.create_task(load())
    return ", ".join(["started", "now"])


async def load():
    ...
