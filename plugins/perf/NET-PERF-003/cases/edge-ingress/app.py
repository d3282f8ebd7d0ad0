from fastapi import FastAPI

# ok: its name leads through a network that compresses; mutate: deploy/ingress.yaml s/"true"/"false"/
app = FastAPI()


@app.get("/orders")
def orders():
    return []
