from fastapi import FastAPI

from shop.apps import api, pages

app = FastAPI()  # ok: it hands all that is large on to the other two
app.mount("/api", api)
app.mount("/", pages)
