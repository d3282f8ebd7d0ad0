from fastapi import FastAPI

app = FastAPI()  # ok: Caddy does it; mutate: Caddyfile s/encode zstd gzip/header -server/


@app.get("/orders")
def orders():
    return [{"id": id} for id in range(500)]
