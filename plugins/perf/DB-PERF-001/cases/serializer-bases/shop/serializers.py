from rest_framework import serializers

from shop.fields import NamedField
from shop.models import Award, Letter, Order, Parcel


class OrderSerializer(serializers.ModelSerializer):
    customer = NamedField(read_only=True)

    class Meta:
        model = Order
        fields = ("id", "customer")


class ParcelSerializer(serializers.ModelSerializer):
    sender = NamedField(read_only=True)
    payer = serializers.SerializerMethodField()

    class Meta:
        model = Parcel
        fields = ("id", "sender", "payer")

    def get_payer(self, parcel):
        # Mended with the list that shows it, and told there.
        return parcel.payer.name


class LetterSerializer(serializers.ModelSerializer):
    order = OrderSerializer()

    class Meta:
        model = Letter
        fields = ("id", "order")


class AwardSerializer(serializers.ModelSerializer):
    class Meta:
        model = Award
        fields = ("id", "year")
