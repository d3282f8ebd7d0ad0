from django.shortcuts import get_object_or_404
from rest_framework import viewsets
from rest_framework.pagination import PageNumberPagination
from rest_framework.response import Response

from shop.base import Listing
from shop.models import Order
from shop.serializers import OrderSerializer


class Pages(PageNumberPagination):
    page_size = 50


class PassingViewSet(viewsets.ModelViewSet):
    serializer_class = OrderSerializer
    pagination_class = Pages

    def get_queryset(self):
        if self.request.user.is_anonymous:
            return Order.objects.none()
        return Order.objects.filter(owner=self.request.user)

    def list(self, request):  # finding: API-001
        rows = self.get_queryset()
        return Response(OrderSerializer(rows, many=True, context={"request": self.request}).data)


class ProjectViewSet(Listing):
    queryset = Order.objects.all()
    serializer_class = OrderSerializer

    def list(self, request):  # finding: API-001
        return Response({"results": OrderSerializer(self.filter_queryset(self.get_queryset()), many=True).data})


class OffViewSet(Listing):  # finding: API-001
    serializer_class = OrderSerializer
    pagination_class = None

    def get_queryset(self):
        is_open = self.request.query_params.get("open", "") == "true"
        return Order.objects.filter(owner=self.request.user, is_open=is_open)


class OnViewSet(Listing):  # ok: the settings paginate; mutate: s/lookup_field = "number"/pagination_class = None/
    queryset = Order.objects.all()
    serializer_class = OrderSerializer
    lookup_field = "number"


class PagingViewSet(Listing):
    queryset = Order.objects.all()
    serializer_class = OrderSerializer

    def list(self, request):  # ok: asks for a page
        rows = self.paginate_queryset(self.get_queryset())
        return self.get_paginated_response(OrderSerializer(rows, many=True).data)


class UpViewSet(Listing):
    queryset = Order.objects.all()
    serializer_class = OrderSerializer

    def list(self, request, *args, **kwargs):  # ok: its base does it
        return super().list(request, *args, **kwargs)


class CutViewSet(Listing):
    queryset = Order.objects.all()
    serializer_class = OrderSerializer

    def list(self, request):  # ok: twenty; mutate: s/get_queryset()[:20]/get_queryset()/
        return Response(OrderSerializer(self.get_queryset()[:20], many=True).data)


class OfOneViewSet(Listing):
    serializer_class = OrderSerializer
    pagination_class = None

    def get_queryset(self):  # ok: those of one shop
        return Order.objects.filter(shop=self.get_shop())

    def get_shop(self):
        return get_object_or_404(Order, pk=self.kwargs["shop"])
