import json

import redis
from dogpile.cache import make_region
from fastapi import Depends, FastAPI
from sqlalchemy.orm import Session, sessionmaker

from shop.models import Order, Product, Store

app = FastAPI()
cache = redis.Redis(host="cache")
region = make_region().configure("dogpile.cache.redis")
make_session = sessionmaker()


def get_session():
    with make_session() as session:
        yield session


@app.get("/products/{product_id}")
def product(product_id: int, session: Session = Depends(get_session)):
    return session.get(Product, product_id)  # finding: CACHE-012 confidence: low


@app.get("/orders/{order_id}")
def order(order_id: int, session: Session = Depends(get_session)):
    key = f"order:{order_id}"
    cached = cache.get(key)
    if cached:
        return json.loads(cached)
    found = session.get(Order, order_id)  # ok: asks the cache first
    cache.set(key, json.dumps(found.as_dict()), ex=60)
    return found


@app.put("/products/{product_id}")
def change(product_id: int, session: Session = Depends(get_session)):
    found = session.get(Product, product_id)  # ok: a change; mutate: s/@app.put("/@app.get("/ s/    session.commit()\n/\n/
    session.commit()
    return found


@app.get("/stores/{store_id}")
def store(store_id: int, session: Session = Depends(get_session)):
    # ok: asks the cache first; mutate: s/region.get_or_create(f"store:{store_id}", lambda: session.get(Store, store_id))/session.get(Store, store_id)/
    return region.get_or_create(f"store:{store_id}", lambda: session.get(Store, store_id))
