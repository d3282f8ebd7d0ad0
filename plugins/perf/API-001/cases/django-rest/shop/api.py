from rest_framework import viewsets
from rest_framework.decorators import api_view
from rest_framework.pagination import CursorPagination
from rest_framework.response import Response

from shop.models import Order
from shop.serializers import OrderSerializer


class Pages(CursorPagination):
    page_size = 50


class BaseViewSet(viewsets.ModelViewSet):  # ok: a base, the views below it name their rows; mutate: s/model = None/queryset = Order.objects.all()/
    model = None

    def get_queryset(self):
        return self.model.objects.all()


class OrderViewSet(viewsets.ModelViewSet):  # finding: API-001
    queryset = Order.objects.all()
    serializer_class = OrderSerializer


class PagedViewSet(viewsets.ReadOnlyModelViewSet):  # ok: paginates; mutate: s/pagination_class = Pages/lookup_field = "id"/
    queryset = Order.objects.all()
    serializer_class = OrderSerializer
    pagination_class = Pages


class PartViewSet(viewsets.ModelViewSet):  # ok: no route asks for the list; mutate: shop/urls.py s/"get": "retrieve"/"get": "list"/; mutate: shop/urls.py s/PartViewSet.as_view/other(PartViewSet).as_view/
    queryset = Order.objects.all()
    serializer_class = OrderSerializer


@api_view(["GET"])
def orders(request):  # finding: API-001
    return Response(OrderSerializer(Order.objects.all(), many=True).data)


@api_view(["POST"])
def close(request):  # ok: no list; mutate: s/@api_view(["POST"])/@api_view(["GET"])/
    return Response(OrderSerializer(Order.objects.all(), many=True).data)


class LeftOverViewSet(viewsets.ModelViewSet):
    queryset = Order.objects.order_by("id")
    serializer_class = OrderSerializer
