import redis
from flask import Flask, g

app = Flask(__name__)
pool = redis.ConnectionPool(host="cache")


@app.get("/visits")
def visits():
    return str(redis.Redis(host="cache").incr("visits"))  # finding: DB-PERF-021 confidence: high


@app.get("/users")
def users():
    return str(redis.Redis(connection_pool=pool).incr("users"))  # ok: the pool is shared; mutate: s/connection_pool=pool/host="cache"/
