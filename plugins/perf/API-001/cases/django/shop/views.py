from django.core.paginator import Paginator
from django.http import JsonResponse
from django.shortcuts import render
from django.views.generic import ListView

from shop.models import Currency, Order


class Orders(ListView):  # finding: API-001
    model = Order


class OrderPages(ListView):  # ok: pages of 50; mutate: s/paginate_by = 50/context_object_name = "orders"/
    model = Order
    paginate_by = 50


class Currencies(ListView):  # ok: few by nature; mutate: s/model = Currency/model = Order/
    model = Currency


class Newest(ListView):  # ok: a slice; mutate: s/queryset = Order.objects.order_by("-id")[:20]/queryset = Order.objects.order_by("-id")/
    queryset = Order.objects.order_by("-id")[:20]


def orders(request):  # finding: API-001
    return JsonResponse({"orders": list(Order.objects.values("id", "total"))})


def page(request):  # ok: a paginator; mutate: s/Paginator(rows, 50).get_page(request.GET.get("page"))/rows/
    rows = Order.objects.order_by("id")
    return render(request, "orders.html", {"orders": Paginator(rows, 50).get_page(request.GET.get("page"))})


def newest(request):  # ok: a slice; mutate: s/rows = Order.objects.order_by("-id")[:20]/rows = Order.objects.order_by("-id")/
    rows = Order.objects.order_by("-id")[:20]
    return render(request, "orders.html", {"orders": rows})
