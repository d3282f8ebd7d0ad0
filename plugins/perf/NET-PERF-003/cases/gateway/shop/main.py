from fastapi import FastAPI

app = FastAPI()  # ok: the gateway does it; mutate: template.yaml s/MinimumCompressionSize: 1024/StageName: live/


@app.get("/orders")
def orders():
    return [{"id": id} for id in range(500)]
