import sentry_sdk

sentry_sdk.init(dsn="https://key@sentry.example/1", traces_sample_rate=1.0)  # finding: LOG-PERF-003
