from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles

from headers import keep_static

app = FastAPI()
app.middleware("http")(keep_static)
# ok: a middleware says how long; mutate: headers.py s/max-age=86400/max-age=0/
app.mount("/static", StaticFiles(directory="static"), name="static")
