from fastapi import FastAPI
from opentelemetry.sdk.trace import TracerProvider

app = FastAPI()
provider = TracerProvider()  # ok: taken from a map of the cluster; mutate: services/taken/deploy.yaml s/OTEL_TRACES_SAMPLER/OTEL_TRACES_SAMPLER_ARG/
