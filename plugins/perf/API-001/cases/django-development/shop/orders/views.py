from django.views.generic import ListView
from rest_framework.renderers import JSONRenderer
from rest_framework.viewsets import ReadOnlyModelViewSet
from rest_framework_csv.renderers import CSVRenderer

from shop.orders.models import Order


class AllOrders(ListView):  # finding: API-001 confidence: medium
    queryset = Order.objects.all()


class OrderTable(ReadOnlyModelViewSet):  # finding: API-001 confidence: low -- a table for a spreadsheet
    renderer_classes = [CSVRenderer]
    queryset = Order.objects.all()


class OrderData(ReadOnlyModelViewSet):  # finding: API-001 confidence: medium
    renderer_classes = [CSVRenderer, JSONRenderer]
    queryset = Order.objects.all()
