import os

import sentry_sdk
from fastapi import FastAPI

RATE = 1.0


def traces(context):
    return 0.1


def start(settings):
    sentry_sdk.init(dsn=settings.dsn, traces_sample_rate=1.0)  # finding: LOG-PERF-003
    sentry_sdk.init(dsn=settings.dsn, traces_sample_rate=RATE)  # finding: LOG-PERF-003
    sentry_sdk.init(dsn=settings.dsn, enable_tracing=True)  # finding: LOG-PERF-003
    sentry_sdk.init(dsn=settings.dsn, traces_sample_rate=float(os.environ.get("TRACES", "1.0")))  # finding: LOG-PERF-003
    sentry_sdk.init(dsn=settings.dsn, traces_sample_rate=float(os.environ.get("TRACES", "0.1")))  # ok: one in ten by default; mutate: s/"0.1"/"1"/
    sentry_sdk.init(dsn=settings.dsn, traces_sample_rate=0)  # ok: no tracing at all; mutate: s/rate=0/rate=1/
    sentry_sdk.init(dsn=settings.dsn, traces_sample_rate=settings.rate)  # ok: a setting decides
    sentry_sdk.init(dsn=settings.dsn, traces_sample_rate=1.0, traces_sampler=traces)  # ok: the sampler decides; mutate: s/, traces_sampler=traces//
    sentry_sdk.init(dsn=settings.dsn)  # ok: errors only; mutate: s/settings.dsn)/settings.dsn, enable_tracing=True)/
    sentry_sdk.init(dsn=settings.dsn, traces_sample_rate=1.0, **settings.more)  # finding: LOG-PERF-003 confidence: medium
    if settings.environment == "development":
        sentry_sdk.init(dsn=settings.dsn, traces_sample_rate=1.0)  # ok: in development only; mutate: s/"development"/"production"/


app = FastAPI()
