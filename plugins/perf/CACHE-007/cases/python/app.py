import json

import redis
from fastapi import Depends, FastAPI
from sqlalchemy import select

from shop.db import get_session
from shop.models import Order, Rate, Stock

app = FastAPI()
cache = redis.Redis(host="cache")


@app.get("/orders/{number}")
def order(number: int, session=Depends(get_session)):
    key = f"order:{number}"
    cached = cache.get(key)
    if cached:
        return json.loads(cached)
    found = session.get(Order, number)
    cache.set(key, json.dumps(found.as_dict()), ex=3600)  # finding: CACHE-007 confidence: medium
    return found


@app.put("/orders/{number}")
def change(number: int, state: str, session=Depends(get_session)):
    session.query(Order).filter(Order.number == number).update({"state": state})
    session.commit()


@app.get("/stock/{number}")
def stock(number: int, session=Depends(get_session)):
    cached = cache.get(f"stock:{number}")
    if cached:
        return json.loads(cached)
    found = session.execute(select(Stock).where(Stock.number == number)).scalar_one()
    # ok: the change takes it away; mutate: s/    cache.delete(f"stock:{number}")\n/\n/
    cache.set(f"stock:{number}", json.dumps(found.as_dict()), ex=3600)
    return found


@app.put("/stock/{number}")
def change_stock(number: int, amount: int, session=Depends(get_session)):
    session.query(Stock).filter(Stock.number == number).update({"amount": amount})
    session.commit()
    cache.delete(f"stock:{number}")


@app.get("/brief/{number}")
def brief(number: int, session=Depends(get_session)):
    cached = cache.get(f"brief:{number}")
    if cached:
        return json.loads(cached)
    found = session.get(Order, number)
    cache.set(f"brief:{number}", found.state, ex=30)  # ok: half a minute; mutate: s/ex=30)/ex=1800)/
    return found


@app.get("/rates/{code}")
def rate(code: str, session=Depends(get_session)):
    cached = cache.get(f"rate:{code}")
    if cached:
        return json.loads(cached)
    found = session.get(Rate, code)
    cache.set(f"rate:{code}", found.value, ex=3600)  # ok: nothing here changes rates
    return found


@app.get("/minutes/{number}")
def minutes(number: int, session=Depends(get_session)):
    cached = cache.get(f"minutes:{number}")
    if cached:
        return json.loads(cached)
    found = session.get(Order, number)
    cache.set(f"minutes:{number}", found.state, ex=300)  # finding: CACHE-007 confidence: low
    return found


@app.get("/whole/{number}")
def whole(number: int, session=Depends(get_session)):
    # finding: CACHE-007 confidence: medium
    return cache.get_or_set(f"whole:{number}", lambda: session.get(Order, number), 3600)


@app.get("/room/{number}")
def room(number: int, session=Depends(get_session)):
    # ok: the change takes it away; mutate: s/    cache.delete(f"room:{number}")\n/\n/
    return cache.get_or_set(f"room:{number}", lambda: session.get(Stock, number), 3600)


@app.put("/room/{number}")
def change_room(number: int, amount: int, session=Depends(get_session)):
    session.query(Stock).filter(Stock.number == number).update({"amount": amount})
    session.commit()
    cache.delete(f"room:{number}")
