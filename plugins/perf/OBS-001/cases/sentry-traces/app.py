import sentry_sdk
from fastapi import FastAPI
from sentry_sdk.integrations.logging import LoggingIntegration

sentry_sdk.init(dsn="https://key@sentry/1", integrations=[LoggingIntegration()], traces_sample_rate=0.1)
app = FastAPI()


@app.get("/orders")
def orders():
    return []
