import sentry_sdk
from configurations import Configuration, values


class Base(Configuration):
    TRACES_RATE = values.FloatValue(1.0)
    FEW_TRACES = values.FloatValue(0.05)

    @classmethod
    def post_setup(cls):
        sentry_sdk.init(dsn="https://sentry.example/1", traces_sample_rate=cls.TRACES_RATE)  # finding: LOG-PERF-003
        sentry_sdk.init(dsn="https://sentry.example/2", traces_sample_rate=cls.FEW_TRACES)  # ok: one in twenty; mutate: s/cls.FEW_TRACES)/cls.TRACES_RATE)/
