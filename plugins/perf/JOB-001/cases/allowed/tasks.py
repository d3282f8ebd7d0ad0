import stripe
from celery import shared_task


@shared_task(acks_late=True)
def charge(total):
    # perfctl: allow JOB-001 -- the account is closed after one
    stripe.Charge.create(amount=total)
