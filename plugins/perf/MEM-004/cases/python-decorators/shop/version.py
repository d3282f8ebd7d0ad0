import json
from functools import cache
from pathlib import Path

from flask import Flask

app = Flask(__name__)
HERE = Path(__file__).parent


@cache  # ok: nobody names another address, one entry; mutate: s/read_version()/read_version(request.path)/
def read_version(url: str | None = None):
    return json.loads(Path(url or HERE / "version.json").read_text())


@app.get("/version")
def version():
    return read_version()
