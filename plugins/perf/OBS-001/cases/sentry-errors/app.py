import sentry_sdk
from fastapi import FastAPI
from sentry_sdk.integrations.logging import LoggingIntegration

sentry_sdk.init(dsn="https://key@sentry/1", integrations=[LoggingIntegration()])
app = FastAPI()


@app.get("/orders")
def orders():
    return []
