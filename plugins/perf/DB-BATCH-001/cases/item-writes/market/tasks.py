from celery import shared_task

from market.models import Cart, Crate


@shared_task
def fill(counts):
    made = []
    for count in counts:
        # finding: DB-BATCH-001 confidence: high
        crate = Crate.objects.create(count=count)
        made.append(crate)
    return made


@shared_task
def fill_and_number(counts):
    numbers = []
    for count in counts:
        # finding: DB-BATCH-001 confidence: low
        crate = Crate.objects.create(count=count)
        numbers.append(crate.pk)
    return numbers


@shared_task
def park():
    for cart in Cart.objects.filter(state="out"):
        cart.state = "in"
        cart.save()  # finding: DB-BATCH-001 confidence: low
