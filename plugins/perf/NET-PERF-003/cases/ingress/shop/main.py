from fastapi import FastAPI

app = FastAPI()  # ok: the ingress does it; mutate: deploy/ingress.yaml s/"true"/"false"/


@app.get("/orders")
def orders():
    return [{"id": id} for id in range(500)]
