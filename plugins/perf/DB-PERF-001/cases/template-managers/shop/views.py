import django_filters
from django.views.generic import ListView

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
