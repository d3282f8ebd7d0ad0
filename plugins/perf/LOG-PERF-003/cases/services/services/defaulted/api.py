from fastapi import FastAPI
from opentelemetry.sdk.trace import TracerProvider

app = FastAPI()
provider = TracerProvider()  # ok: the default behind a variable; mutate: services/defaulted/compose.yaml s/:-parentbased_traceidratio/:-always_on/
