from fastapi import FastAPI
from opentelemetry.sdk.trace import TracerProvider

app = FastAPI()
provider = TracerProvider()  # ok: its settings name one; mutate: services/named/.env s/parentbased_traceidratio//
