from django.core.paginator import Paginator
from rest_framework.decorators import api_view
from rest_framework.response import Response
from rest_framework.viewsets import ModelViewSet

from shop.models import Order
from shop.paging import SmallPages


@api_view(["GET"])
def orders(request):
    size = int(request.query_params.get("page_size", 20))  # finding: API-002
    page = Paginator(Order.objects.order_by("id"), size).page(1)
    return Response([order.id for order in page])


@api_view(["GET"])
def newest(request):
    limit = int(request.GET.get("limit", 20))  # finding: API-002
    return Response(list(Order.objects.order_by("-id")[:limit].values("id")))


@api_view(["GET"])
def some(request):
    limit = int(request.GET.get("limit", 20))  # ok: cut off; mutate: s/min(limit, 50)/limit + 1/
    return Response(list(Order.objects.order_by("-id")[: min(limit, 50)].values("id")))


class OrderViewSet(ModelViewSet):
    pagination_class = SmallPages

    def get_queryset(self):
        limit = int(self.request.query_params.get("limit", 20))  # ok: what is left is paged; mutate: s/def get_queryset(self)/def list(self, request)/
        return Order.objects.order_by("-id")[:limit]
