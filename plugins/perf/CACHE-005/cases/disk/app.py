import diskcache
from flask import Flask
from flask_caching import Cache

app = Flask(__name__)
cache = Cache(app, config={"CACHE_TYPE": "FileSystemCache"})  # ok: four workers of one machine share it; mutate: s/FileSystemCache/SimpleCache/
pages = diskcache.Cache("/tmp/pages")  # ok: four workers of one machine share it; mutate: Dockerfile s/"-w", "4", "app:app"/"app:app", "--max-instances=4"/


@app.get("/orders")
def orders():
    return []
