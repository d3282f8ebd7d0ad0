from django.core.paginator import Paginator
from django.shortcuts import render
from django.views.generic import ListView
from rest_framework.pagination import CursorPagination, PageNumberPagination

from shop.models import Depot, Order


def orders(request):
    pages = Paginator(Order.objects.order_by("-id"), 20)  # finding: API-007 confidence: medium
    return render(request, "orders.html", {"page": pages.get_page(request.GET.get("page"))})


def depots(request):
    pages = Paginator(Depot.objects.order_by("-id"), 20)  # finding: API-007 confidence: low
    return render(request, "depots.html", {"page": pages.get_page(request.GET.get("page"))})


def sliced(request):
    start = int(request.GET["start"])
    total = Order.objects.count()  # finding: API-007 confidence: medium
    return render(request, "orders.html", {"total": total, "orders": Order.objects.order_by("id")[start : start + 20]})


class Orders(ListView):  # finding: API-007 confidence: medium
    model = Order
    paginate_by = 20


class AllOrders(ListView):  # ok: no pages; mutate: s/ordering = "id"/paginate_by = 20/
    model = Order
    ordering = "id"


class Pages(PageNumberPagination):  # finding: API-007 confidence: low
    page_size = 20


class Cursors(CursorPagination):  # ok: counts nothing; mutate: s/Cursors(CursorPagination)/Cursors(PageNumberPagination)/
    page_size = 20
