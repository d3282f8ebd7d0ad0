from fastapi import FastAPI
from opentelemetry.sdk.trace import TracerProvider

app = FastAPI()
provider = TracerProvider()  # finding: LOG-PERF-003
