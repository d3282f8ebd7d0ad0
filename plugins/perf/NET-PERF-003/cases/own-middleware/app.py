from flask import Flask

import wsgi_tools

app = Flask(__name__)  # ok: it has middleware of its own; mutate: s/ShopGzipMiddleware/ShopMiddleware/
wsgi_tools.ShopGzipMiddleware(app, compress_by_default=False)


@app.get("/orders")
def orders():
    return []
