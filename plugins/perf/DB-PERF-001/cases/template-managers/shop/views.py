from abc import ABC

import django_filters
from django.contrib.auth.mixins import UserPassesTestMixin
from django.views.generic import DetailView, ListView

from shop.models import Seller


class SellerFilter(django_filters.FilterSet):
    class Meta:
        model = Seller
        fields = ["name"]


class Sellers(ListView):
    template_name = "shop/sellers.html"

    def get_queryset(self):
        self.filter = SellerFilter(self.request.GET, queryset=Seller.objects.order_by("name"))
        return self.filter.qs  # finding: DB-PERF-001


class SellerNames(ListView):
    template_name = "shop/names.html"

    def get_queryset(self):
        return Seller.objects.prefetch_related("line_set")  # ok: shown as they came along; mutate: shop/templates/shop/names.html s/line_set.all/line_set.open.latest/


class Own(ABC, UserPassesTestMixin):
    def test_func(self):
        return self.request.user.is_active


class SellerDetail(Own, DetailView):
    model = Seller
    template_name = "shop/seller.html"

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        seller = context["seller"]
        context["deliveries"] = seller.delivery_set.order_by("-date")  # finding: DB-PERF-001
        context["dates"] = seller.delivery_set.order_by("date").select_related("batch")  # ok: they come along; mutate: s/.select_related("batch")//
        return context
