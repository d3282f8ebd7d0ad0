from django.views.generic import ListView
from rest_framework.generics import ListAPIView
from rest_framework.pagination import PageNumberPagination
from rest_framework.viewsets import ModelViewSet

from shop.models import Order
from shop.paging import Paged


class Mixed(Paged, ListAPIView):  # ok: a base paginates; mutate: s/Mixed(Paged, /Mixed(/
    queryset = Order.objects.all()


class Posted(ModelViewSet):  # ok: answers no GET; mutate: s/["post", "put"]/["post", "get"]/
    http_method_names = ["post", "put"]
    queryset = Order.objects.all()


class Unsized(ListAPIView):  # finding: API-001
    # Nothing says how large a page is: then this class gives all rows.
    pagination_class = PageNumberPagination
    queryset = Order.objects.all()


class Pages(PageNumberPagination):
    page_size = 20


class Sized(ListAPIView):  # ok: twenty on a page; mutate: s/page_size = 20/template = None/
    pagination_class = Pages
    queryset = Order.objects.all()


class Searched(ListView):  # finding: API-001
    model = Order

    def get_queryset(self):
        rows = super().get_queryset()
        word = self.request.GET.get("q")
        if word:
            rows = rows.filter(name=word)
        return rows


class Found(ListView):  # ok: what is asked for; mutate: s/return rows.filter(name=word)/return rows/
    model = Order

    def get_queryset(self):
        rows = super().get_queryset()
        word = self.request.GET.get("q")
        return rows.filter(name=word)


class Own(ListView):  # ok: what belongs to one; mutate: s/.filter(owner=self.request.user)//
    model = Order

    def get_queryset(self):
        return super().get_queryset().filter(owner=self.request.user)
