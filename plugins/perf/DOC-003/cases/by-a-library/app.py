from flask import Flask
from flask_caching import Cache

app = Flask(__name__)
cache = Cache(app)


@app.get("/letters")
@cache.cached(timeout=60)
def letters():
    return []
