from fastapi import FastAPI
from opentelemetry.sdk.trace import TracerProvider

app = FastAPI()
provider = TracerProvider()  # ok: the deployment names a sampler; mutate: deploy/api.yaml s/parentbased_traceidratio/always_on/
