from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles

app = FastAPI()
# ok: the proxy says how long; mutate: nginx.conf s/expires 30d/etag on/
app.mount("/static", StaticFiles(directory="static"), name="static")
