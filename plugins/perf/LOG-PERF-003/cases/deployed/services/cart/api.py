from opentelemetry.sdk.trace import TracerProvider

provider = TracerProvider()  # ok: what deploys it names a sampler; mutate: infra/lib/cart.ts s/"parentbased_traceidratio"/"always_on"/
