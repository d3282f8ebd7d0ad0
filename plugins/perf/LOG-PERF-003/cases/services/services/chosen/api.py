from fastapi import FastAPI
from opentelemetry.sdk.trace import TracerProvider

app = FastAPI()
provider = TracerProvider()  # ok: the code sets it; mutate: services/chosen/settings.py s/setdefault/get/
