from django.db.models import Sum
from django.shortcuts import render

from shop.models import Order


def sums(request):
    found = Order.objects.annotate(price=Sum("lines__price"), paid=Sum("payments__amount"))  # finding: DB-VIEW-001 confidence: low
    return render(request, "sums.html", {"found": found})


def one(request):
    found = Order.objects.annotate(price=Sum("lines__price"))  # ok: one relation; mutate: s/Sum("lines__price"))/Sum("lines__price"), paid=Sum("payments__amount"))/
    return render(request, "sums.html", {"found": found})
