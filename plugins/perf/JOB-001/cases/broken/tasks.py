import stripe
from celery import shared_task


@shared_task(acks_late=True)
def charge(total):
    stripe.Charge.create(amount=total)  # finding: JOB-001


def broken(:
    pass
