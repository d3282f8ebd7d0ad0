from fastapi import FastAPI
from opentelemetry.sdk.trace import TracerProvider

app = FastAPI()
provider = TracerProvider()  # ok: handed on from outside, where it is not seen; mutate: services/handed/compose.yaml s/- OTEL/# - OTEL/
