import dramatiq
import stripe


@dramatiq.actor
def refund(charge):
    stripe.Refund.create(charge=charge)  # finding: JOB-001
