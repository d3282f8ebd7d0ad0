from fastapi import FastAPI

app = FastAPI()  # ok: nginx does it; mutate: deploy/nginx.conf s/gzip on/gzip off/; mutate: deploy/nginx.conf s/ application\/json//


@app.get("/orders")
def orders():
    return [{"id": id} for id in range(500)]
