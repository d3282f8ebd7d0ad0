import diskcache
from flask import Flask
from flask_caching import Cache

app = Flask(__name__)
cache = Cache(app, config={"CACHE_TYPE": "FileSystemCache"})  # finding: CACHE-005 confidence: medium
pages = diskcache.Cache("/tmp/pages")  # finding: CACHE-005 confidence: low


@app.get("/orders")
def orders():
    return []
