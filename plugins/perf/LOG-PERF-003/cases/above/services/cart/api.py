from opentelemetry.sdk.trace import TracerProvider

provider = TracerProvider()  # ok: the settings of all services name a sampler; mutate: deploy/values.yaml s/parentbased_traceidratio/always_on/
