from fastapi import FastAPI

app = FastAPI()  # ok: the distribution in front compresses; mutate: infra/front.py s/gzip=True/gzip=False/; mutate: infra/front.py s/LoadBalancerV2Origin(balancer)/S3BucketOrigin(bucket)/


@app.get("/orders")
def orders():
    return {"orders": []}
