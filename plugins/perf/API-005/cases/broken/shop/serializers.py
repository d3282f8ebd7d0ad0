from rest_framework import serializers

from shop.models import Order


class OrderSerializer(serializers.ModelSerializer):  # finding: API-005
    class Meta:
        model = Order
        fields = "__all__"


class Broken(
