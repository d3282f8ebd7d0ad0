from opentelemetry.sdk.trace import TracerProvider

provider = TracerProvider()  # ok: a test
