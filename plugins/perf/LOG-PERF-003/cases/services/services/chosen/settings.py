import os

os.environ.setdefault("OTEL_TRACES_SAMPLER", "parentbased_traceidratio")
