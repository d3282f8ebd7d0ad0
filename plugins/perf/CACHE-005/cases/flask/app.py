from flask import Flask
from flask_caching import Cache

app = Flask(__name__)
cache = Cache(app, config={"CACHE_TYPE": "SimpleCache"})  # finding: CACHE-005 confidence: medium


@app.get("/orders")
def orders():
    return []
