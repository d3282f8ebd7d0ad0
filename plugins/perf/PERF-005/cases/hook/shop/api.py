import boto3
from fastapi import FastAPI

app = FastAPI()


@app.on_event("startup")
def load():
    answer = boto3.client("secretsmanager").get_secret_value(SecretId="shop")  # finding: PERF-005 confidence: medium
    app.state.token = answer["SecretString"]


@app.get("/token")
def token():
    return app.state.token
