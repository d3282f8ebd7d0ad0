from django.core.cache import cache
from rest_framework import mixins, viewsets

from shop.models import Invoice, Order
from shop.pages import OrderPages
from shop.serializers import InvoiceSerializer, OrderSerializer


class RememberedListMixin:
    def list(self, request, *args, **kwargs):
        kept = cache.get(request.path)
        if kept is None:
            kept = super().list(request, *args, **kwargs)
            cache.set(request.path, kept.data)
        return kept


class BaseViewSet(mixins.RetrieveModelMixin, mixins.ListModelMixin, viewsets.GenericViewSet):
    lookup_field = "number"


class OrderViewSet(RememberedListMixin, BaseViewSet):  # finding: API-001
    queryset = Order.objects.order_by("number")
    serializer_class = OrderSerializer


class OpenOrderViewSet(OrderViewSet):  # finding: API-001
    queryset = Order.objects.filter(closed=None)


class PagedOrderViewSet(OrderViewSet):  # ok: gives pages; mutate: s|= OrderPages|= None|
    queryset = Order.objects.order_by("number")
    pagination_class = OrderPages


class InvoiceViewSet(BaseViewSet):  # ok: those of one user; mutate: s/filter(owner=self.request.user)/all()/
    serializer_class = InvoiceSerializer

    def get_queryset(self):
        return Invoice.objects.filter(owner=self.request.user)
