from fastapi import FastAPI

from shop.middleware import install

app = FastAPI()  # ok: the middleware is added in another file; mutate: shop/middleware.py s/from starlette.middleware.gzip import GZipMiddleware/from shop.own import Timer/ shop/middleware.py s/app.add_middleware(GZipMiddleware)/app.add_middleware(Timer)/
install(app)


@app.get("/orders")
def orders():
    return []
