from rest_framework import serializers, viewsets

from shop.models import Customer, Order


class CustomerSerializer(serializers.ModelSerializer):
    class Meta:
        model = Customer
        fields = ["name"]


class OrderSerializer(serializers.ModelSerializer):
    customer = CustomerSerializer()

    class Meta:
        model = Order
        fields = ["id", "customer"]


class OrderViewSet(viewsets.ReadOnlyModelViewSet):
    queryset = Order.objects.order_by("id")  # finding: DB-PERF-001
    serializer_class = OrderSerializer

    def get_queryset(self):
        queryset = self.queryset
        if self.request.GET.get("open"):
            queryset = queryset.open()
        return queryset


class NarrowedViewSet(viewsets.ReadOnlyModelViewSet):
    queryset = Order.objects.order_by("id")  # finding: DB-PERF-001
    serializer_class = OrderSerializer

    def get_queryset(self):
        return self.queryset.filter(shipped=True)


class JoinedViewSet(viewsets.ReadOnlyModelViewSet):
    queryset = Order.objects.order_by("id")  # ok: the method brings them along; mutate: s/return self.queryset.select_related("customer")/return self.queryset.all()/
    serializer_class = OrderSerializer

    def get_queryset(self):
        return self.queryset.select_related("customer")


class JoinedAboveViewSet(viewsets.ReadOnlyModelViewSet):
    queryset = Order.objects.select_related("customer")  # ok: brought along; mutate: s/select_related("customer")/all()/
    serializer_class = OrderSerializer

    def get_queryset(self):
        return self.queryset.open()
