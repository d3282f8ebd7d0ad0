from django.db import models


class Customer(models.Model):
    email = models.EmailField(unique=True)


class Order(models.Model):
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE)
    reference = models.CharField(max_length=40)  # finding: DB-IDX-002 confidence: medium
    state = models.CharField(max_length=10, choices=[("open", "open"), ("done", "done")])
    created_at = models.DateTimeField(auto_now_add=True)  # finding: DB-IDX-002 confidence: medium
    shipped_at = models.DateTimeField(null=True)  # ok: an index begins with it; mutate: s/models.Index(fields=["shipped_at", "state"])/models.Index(fields=["state", "shipped_at"])/
    paid_at = models.DateTimeField(null=True)  # ok: the customer beside it has an index; mutate: shop/views.py s/customer=customer, //
    packed_at = models.DateTimeField(null=True)  # ok: what else narrows the rows is not seen; mutate: shop/views.py s/orders.filter(state="open")[:20]/orders[:20]/

    class Meta:
        indexes = [models.Index(fields=["shipped_at", "state"])]


class Event(models.Model):
    text = models.TextField()
    created_at = models.DateTimeField(auto_now_add=True)  # finding: DB-IDX-002 confidence: medium

    class Meta:
        ordering = ["-created_at"]


class Note(models.Model):
    text = models.TextField()
    created_at = models.DateTimeField(auto_now_add=True)  # ok: no page is taken, all rows are read anyway; mutate: shop/views.py s/Note.objects.order_by("created_at")/Note.objects.order_by("created_at")[:20]/


class Country(models.Model):
    added_at = models.DateTimeField(auto_now_add=True)  # finding: DB-IDX-002 confidence: low
