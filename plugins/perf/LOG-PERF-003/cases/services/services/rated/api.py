from fastapi import FastAPI
from opentelemetry.sdk.trace import TracerProvider

app = FastAPI()
provider = TracerProvider()  # ok: one in twenty; mutate: services/rated/.env s/0.05/1.0/
