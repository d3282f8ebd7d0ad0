from fastapi import FastAPI
from opentelemetry.sdk.trace import TracerProvider

app = FastAPI()
provider = TracerProvider()  # ok: so does its image; mutate: services/image/Dockerfile s/always_off/always_on/
