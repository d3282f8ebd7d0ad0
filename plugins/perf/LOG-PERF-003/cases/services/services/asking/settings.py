import os

SAMPLER = os.getenv("OTEL_TRACES_SAMPLER", "parentbased_traceidratio")
IS_RATIO = os.environ["OTEL_TRACES_SAMPLER"] == "parentbased_traceidratio"
