import json

import redis
from fastapi import FastAPI, Response
from fastapi.responses import JSONResponse
from flask import Flask, jsonify, make_response

from shop.db import find_order, find_user

app = FastAPI()
old = Flask(__name__)
cache = redis.Redis(host="cache")
NOT_FOUND = "__none__"


@app.get("/orders/{number}")
def order(number: int):
    found = find_order(number)
    if found is None:
        return JSONResponse({}, status_code=404, headers={"Cache-Control": "public, max-age=3600"})  # finding: CACHE-011 confidence: medium
    return JSONResponse(found, headers={"Cache-Control": "public, max-age=3600"})  # ok: an answer 200


@app.get("/brief/{number}")
def brief(number: int, response: Response):
    found = find_order(number)
    if found is None:
        # ok: ten seconds; mutate: s/max-age=10"/max-age=300"/
        return JSONResponse({}, status_code=404, headers={"Cache-Control": "public, max-age=10"})
    return found


@app.get("/users/{name}")
def user(name: str):
    cached = cache.get(f"user:{name}")
    if cached == NOT_FOUND:
        return None
    if cached:
        return json.loads(cached)
    found = find_user(name)
    if found is None:
        cache.set(f"user:{name}", NOT_FOUND, ex=3600)  # finding: CACHE-011 confidence: medium
        return None
    cache.set(f"user:{name}", json.dumps(found), ex=3600)  # ok: somebody is there
    return found


@app.get("/teams/{name}")
def team(name: str):
    cached = cache.get(f"team:{name}")
    if cached:
        return json.loads(cached)
    found = find_user(name)
    if found is None:
        cache.set(f"team:{name}", "null", ex=3600)  # ok: taken away when it comes into being; mutate: s/    cache.delete(f"team:{name}")\n/\n/
    return found


@app.post("/teams/{name}")
def add_team(name: str):
    save(name)
    cache.delete(f"team:{name}")


@old.get("/files/<name>")
def file(name):
    answer = make_response(jsonify({}))
    answer.headers["Cache-Control"] = "max-age=600"
    return answer


@app.get("/items/{name}")
def item(name: str):
    cached = cache.get(f"items:{name}")
    if cached:
        return json.loads(cached)
    found = find_user(name)
    if found is None:
        cache.set(f"items:{name}", NOT_FOUND, ex=3600)  # finding: CACHE-011 confidence: medium
    return found


@app.get("/forms/{name}")
def form(name: str):
    cached = cache.get(f"forms:{name}")
    if cached:
        return json.loads(cached)
    found = find_user(name)
    if found is None:
        cache.set(f"forms:{name}", NOT_FOUND, px=3600)  # ok: four seconds; mutate: s/px=3600/ex=3600/
    return found
