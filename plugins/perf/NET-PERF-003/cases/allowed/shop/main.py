from fastapi import FastAPI

# perfctl: allow NET-PERF-003 -- the load balancer compresses, it is configured by another team
app = FastAPI()


@app.get("/orders")
def orders():
    return []
