from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render

from shop.actions import handle, shown
from shop.models import Order


def index_action(request):  # ok: the rows are changed, the answer goes elsewhere; mutate: s/response = handle(request, rows)/response = shown(request, rows)/
    rows = Order.objects.filter(open=True)
    response = handle(request, rows)
    if response:
        return response
    return redirect("index")


def shown_action(request):  # finding: API-001
    rows = Order.objects.filter(open=True)
    answer = shown(request, rows)
    return render(request, "orders.html", {"orders": answer})


def first_open(request):  # ok: only sends elsewhere; mutate: s/redirect("order", rows)/render(request, "orders.html", {"orders": rows})/
    rows = Order.objects.filter(open=True)
    if not rows:
        return HttpResponse(status=204)
    return redirect("order", rows)
