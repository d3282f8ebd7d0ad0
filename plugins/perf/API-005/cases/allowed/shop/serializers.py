from rest_framework import serializers

from shop.models import Order


# perfctl: allow API-005 -- the partner stores every field
class OrderSerializer(serializers.ModelSerializer):
    class Meta:
        model = Order
        fields = "__all__"
