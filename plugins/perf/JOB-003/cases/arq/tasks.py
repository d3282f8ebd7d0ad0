from arq import Retry


async def ship(context, number):
    if not await context["client"].ready():
        raise Retry()  # finding: JOB-003 confidence: high


async def charge(context, number):
    raise Retry(defer=context["job_try"] * 5)  # ok: waits; mutate: s/defer=context["job_try"] * 5//
