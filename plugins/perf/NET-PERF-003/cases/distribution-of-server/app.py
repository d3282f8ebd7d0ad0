from fastapi import FastAPI

app = FastAPI()  # ok: the distribution before it compresses; mutate: deploy/cdn.tf s/custom_origin_config/s3_origin_config/


@app.get("/orders")
def orders():
    return []
