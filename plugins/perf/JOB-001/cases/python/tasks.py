import requests
import stripe
from celery import Celery
from django.db import models

app = Celery()


class Order(models.Model):
    number = models.IntegerField()


class Entry(models.Model):
    number = models.IntegerField()


@app.task(acks_late=True)
def charge(total):
    stripe.Charge.create(amount=total, currency="eur")  # finding: JOB-001 confidence: low


@app.task(bind=True)
def book(self, number):
    try:
        Entry.objects.create(number=number)  # finding: JOB-001 confidence: low
        requests.post("https://books/", timeout=1)
    except ConnectionError as error:
        raise self.retry(exc=error)


@app.task(autoretry_for=(ConnectionError,))
def book_last(number):
    requests.post("https://books/", timeout=1)
    Entry.objects.create(number=number)  # ok: nothing behind it fails; mutate: s/autoretry_for=(ConnectionError,))\ndef book_last/acks_late=True)\ndef book_last/


def pay(total):
    stripe.PaymentIntent.create(amount=total, currency="eur")  # finding: JOB-001


@app.task(autoretry_for=(ConnectionError,))
def pay_later(total):
    pay(total)


@app.task(acks_late=True)
def charge_once(total, key):
    stripe.Charge.create(amount=total, currency="eur", idempotency_key=key)  # ok: a key; mutate: s/, idempotency_key=key//


@app.task(acks_late=True)
def book_once(number):
    if Entry.objects.filter(number=number):  # looks first
        return
    Entry.objects.create(number=number)  # ok: looks first; mutate: s/    if Entry.objects.filter(number=number):  # looks first\n        return\n//


@app.task
def charge_at_most_once(total):
    stripe.Charge.create(amount=total, currency="eur")  # ok: acknowledged before it runs


def by_hand(total):
    stripe.Charge.create(amount=total, currency="eur")  # ok: no job


@app.task(acks_late=True)
def charge_by_the_clock(total, clock):
    stripe.Charge.create(amount=total, currency="eur", description=clock.now())  # finding: JOB-001


@app.task(acks_late=True)
def charge_unpaid(unpaid):
    stripe.Charge.create(amount=unpaid, currency="eur")  # finding: JOB-001


@app.task(acks_late=True)
def charge_alone(total, redis):
    with redis.lock("charge"):
        stripe.Charge.create(amount=total, currency="eur")  # ok: one at a time; mutate: s/redis.lock(/redis.block(/
