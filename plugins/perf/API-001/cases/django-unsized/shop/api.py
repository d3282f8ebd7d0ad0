from rest_framework import viewsets

from shop.models import Order


class OrderViewSet(viewsets.ModelViewSet):  # finding: API-001
    queryset = Order.objects.all()
