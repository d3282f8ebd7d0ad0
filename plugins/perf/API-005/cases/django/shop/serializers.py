from rest_framework import serializers

from shop.models import Depot, Order, Sale


class OrderSerializer(serializers.ModelSerializer):  # finding: API-005 confidence: low
    class Meta:
        model = Order
        fields = "__all__"


class OrderRow(serializers.ModelSerializer):  # ok: few fields; mutate: s/fields = ["c1", "c2"]/fields = "__all__"/
    class Meta:
        model = Order
        fields = ["c1", "c2"]


class DepotSerializer(serializers.ModelSerializer):  # ok: two columns; mutate: s/model = Depot/model = Order/
    class Meta:
        model = Depot
        fields = "__all__"


class ChosenSerializer(serializers.ModelSerializer):  # ok: chooses by itself; mutate: s/def get_fields/def other_fields/
    class Meta:
        model = Order
        fields = "__all__"

    def get_fields(self):
        return chosen(super().get_fields(), self.context["request"])


class SaleSerializer(serializers.ModelSerializer):  # finding: API-005 confidence: low
    class Meta:
        model = Sale
        fields = "__all__"
