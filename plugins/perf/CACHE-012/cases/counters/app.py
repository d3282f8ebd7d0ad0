import time

import redis
from fastapi import Depends, FastAPI
from sqlalchemy.orm import Session

from shop.models import Product

app = FastAPI()
store = redis.Redis(host="cache")


def get_session():
    yield Session()


@app.get("/products/{product_id}")
def product(product_id: int, session: Session = Depends(get_session)):
    # ok: nothing that lies elsewhere is kept here; mutate: s/store.set("import.last_run", time.time())/store.set("import.last", load())/
    return session.get(Product, product_id)


@app.post("/import")
def start():
    store.set("import.last_run", time.time())
    store.set("import.asked", 0, ex=60)
    store.incr("import.asked")
    if store.set("import", "running", nx=True, ex=60):
        return {}
