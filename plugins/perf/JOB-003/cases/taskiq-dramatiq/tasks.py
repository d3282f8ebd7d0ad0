import dramatiq
from taskiq import InMemoryBroker, SimpleRetryMiddleware, SmartRetryMiddleware

broker = InMemoryBroker().with_middlewares(SimpleRetryMiddleware(default_retry_count=3))  # finding: JOB-003 confidence: high
patient = InMemoryBroker().with_middlewares(SmartRetryMiddleware(default_retry_count=3, default_delay=10))  # ok: waits; mutate: s/SmartRetryMiddleware(default/SimpleRetryMiddleware(default/


@dramatiq.actor(max_retries=5, min_backoff=0, max_backoff=0)  # finding: JOB-003
def ship(number):
    return number


@dramatiq.actor(max_retries=5)  # ok: 15 s and more unless told otherwise; mutate: s/actor(max_retries=5)/actor(max_retries=5, max_backoff=0)/
def charge(number):
    return number
