import sentry_sdk

# perfctl: allow LOG-PERF-003 -- ten requests a minute, and the collector keeps one in a hundred
sentry_sdk.init(dsn="https://key@sentry.example/1", traces_sample_rate=1.0)
