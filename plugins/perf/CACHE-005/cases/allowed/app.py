from flask import Flask
from flask_caching import Cache

app = Flask(__name__)
# perfctl: allow CACHE-005 -- templates only, which never change while a process runs
cache = Cache(app, config={"CACHE_TYPE": "SimpleCache"})


@app.get("/orders")
def orders():
    return []
