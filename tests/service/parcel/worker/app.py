"""The Celery application: `celery -A parcel.worker.app worker`."""

from __future__ import annotations

import logging
import os

import sentry_sdk
from celery import Celery
from celery.schedules import crontab

from parcel.settings import get_settings

settings = get_settings()

logging.basicConfig(level=os.environ.get("WORKER_LOG_LEVEL", "DEBUG"))
sentry_sdk.init(dsn=settings.sentry_dsn, environment=settings.environment, traces_sample_rate=settings.trace_ratio)

app = Celery("parcel", broker=settings.redis_url, include=["parcel.worker.tasks", "parcel.worker.nightly"])
app.conf.update(
    task_acks_late=True,
    task_time_limit=300,
    worker_prefetch_multiplier=1,
    broker_transport_options={"visibility_timeout": 900},
)
app.conf.beat_schedule = {
    "poll-carriers": {"task": "parcel.worker.tasks.poll_carriers", "schedule": 300.0},
    "chase-stale": {"task": "parcel.worker.tasks.chase_stale", "schedule": crontab(minute=15)},
    "settle": {"task": "parcel.worker.nightly.settle", "schedule": crontab(hour=2, minute=30)},
    "archive": {"task": "parcel.worker.nightly.archive", "schedule": crontab(hour=3, minute=0)},
}
