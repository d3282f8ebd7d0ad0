import procrastinate
from procrastinate import RetryStrategy

app = procrastinate.App(connector=connector)


@app.task(retry=5)  # finding: JOB-003 confidence: high
def ship(number):
    return number


@app.task(retry=RetryStrategy(max_attempts=5))  # finding: JOB-003
def charge(number):
    return number


@app.task(retry=RetryStrategy(max_attempts=5, exponential_wait=2))  # ok: waits; mutate: s/, exponential_wait=2//
def mail(number):
    return number
