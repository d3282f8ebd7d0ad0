from django.db import transaction

from shop.models import Note, Shop


def close(names):
    for name in names:
        with transaction.atomic():
            # finding: DB-BATCH-001 confidence: low
            Note.objects.create(text=f"{name} was closed")
            Shop.objects.filter(name=name).update(name=f"{name} (closed)")


def note(names):
    for name in names:
        with transaction.atomic():
            Note.objects.create(text=name)  # finding: DB-BATCH-001 confidence: medium


def note_together(names):
    with transaction.atomic():
        for name in names:
            Note.objects.create(text=name)  # finding: DB-BATCH-001 confidence: medium
        Shop.objects.all().update(name="")
