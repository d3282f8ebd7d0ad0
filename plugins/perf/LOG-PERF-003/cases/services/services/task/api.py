from fastapi import FastAPI
from opentelemetry.sdk.trace import TracerProvider

app = FastAPI()
provider = TracerProvider()  # ok: the task says so; mutate: services/task/main.tf s/parentbased_traceidratio/always_on/
