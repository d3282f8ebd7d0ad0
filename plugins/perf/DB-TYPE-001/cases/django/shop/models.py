from django.db import models


class OrderEvent(models.Model):  # finding: DB-TYPE-001 confidence: medium
    date = models.DateTimeField(auto_now_add=True)


class Delivery(models.Model):  # ok: its key has 64 bits; mutate: s/id = models.BigAutoField(primary_key=True)/number = models.IntegerField()/
    id = models.BigAutoField(primary_key=True)
    date = models.DateTimeField(auto_now_add=True)


class BaseEvent(models.Model):  # ok: no table; mutate: s/abstract = True/ordering = []/
    date = models.DateTimeField(auto_now_add=True)

    class Meta:
        abstract = True


# Seldom, and one at a time.
class ExportEvent(models.Model):  # finding: DB-TYPE-001 confidence: low
    date = models.DateTimeField(auto_now_add=True)


# Many at a time, but of vouchers there are few.
class VoucherEvent(models.Model):  # finding: DB-TYPE-001 confidence: low
    date = models.DateTimeField(auto_now_add=True)


# Old ones go by their age: there are many.
class PaymentAttempt(models.Model):  # finding: DB-TYPE-001 confidence: medium
    date = models.DateTimeField(auto_now_add=True)


# Only a script for demonstrations writes many.
class UserActivity(models.Model):  # finding: DB-TYPE-001 confidence: low
    date = models.DateTimeField(auto_now_add=True)


class ApiToken(models.Model):  # finding: DB-TYPE-001 confidence: low
    date = models.DateTimeField(auto_now_add=True)
