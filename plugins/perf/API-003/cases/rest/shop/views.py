from rest_framework.decorators import api_view
from rest_framework.response import Response

from shop.models import Order
from shop.serializers import OrderSerializer


@api_view(["GET"])
def orders(request):  # finding: API-003 confidence: medium
    offset = int(request.GET.get("offset", 0))
    limit = int(request.GET.get("limit", 20))
    rows = Order.objects.order_by("id")[offset : offset + limit]
    serializer = OrderSerializer(rows, many=True)
    return Response(serializer.data)
