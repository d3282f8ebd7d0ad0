from rest_framework import generics, serializers
from rest_framework.decorators import api_view
from rest_framework.response import Response

from shop.models import Customer, Line, Order


class LineSerializer(serializers.ModelSerializer):
    class Meta:
        model = Line
        fields = ["id"]


class OrderSerializer(serializers.ModelSerializer):
    lines = serializers.SerializerMethodField()
    numbers = serializers.SerializerMethodField()
    nothing = serializers.SerializerMethodField()

    class Meta:
        model = Order
        fields = ["id", "lines", "numbers", "nothing"]

    def get_lines(self, order):
        lines = Line.objects.filter(order=order)  # finding: DB-PERF-001
        return LineSerializer(lines, many=True).data

    def get_numbers(self, order):
        return Line.objects.filter(order=order).values_list("id", flat=True)  # finding: DB-PERF-001

    def get_nothing(self, order):
        return LineSerializer(Line.objects.none(), many=True).data  # ok: asks nothing; mutate: s/none()/all()/


class OrderList(generics.ListAPIView):
    queryset = Order.objects.all()
    serializer_class = OrderSerializer


class DeepSerializer(serializers.ModelSerializer):
    class Meta:
        model = Order
        fields = "__all__"
        depth = 1


class DeepList(generics.ListAPIView):
    queryset = Order.objects.all()  # finding: DB-PERF-001
    serializer_class = DeepSerializer


class JoinedList(generics.ListAPIView):
    queryset = Order.objects.select_related("customer")  # ok: joined; mutate: s/.select_related("customer")/.all()/
    serializer_class = DeepSerializer


@api_view(["GET"])
def open_orders(request):
    orders = Order.objects.all()
    customers = [customer.pk for customer in Customer.objects.filter(name=request.GET["name"])]
    orders = Order.objects.filter(customer__in=customers)  # finding: DB-PERF-001
    return Response(DeepSerializer(orders, many=True).data)
