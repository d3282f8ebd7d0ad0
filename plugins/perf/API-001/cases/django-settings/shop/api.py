from rest_framework import viewsets

from shop.models import Order
from shop.serializers import OrderSerializer


class OrderViewSet(viewsets.ModelViewSet):  # ok: the settings paginate; mutate: s/page = 1/pagination_class = None/
    queryset = Order.objects.all()
    serializer_class = OrderSerializer
    page = 1


class EverythingViewSet(viewsets.ModelViewSet):  # finding: API-001
    queryset = Order.objects.all()
    serializer_class = OrderSerializer
    pagination_class = None
