from rest_framework import serializers, viewsets

from shop.models import Parcel
from shop.pages import Pages


class SentSerializer(serializers.ModelSerializer):
    class Meta:
        model = Parcel
        fields = ("number", "sent_on")


class ReceivedSerializer(serializers.ModelSerializer):
    class Meta:
        model = Parcel
        fields = ("number", "received_on")


class SentViewSet(viewsets.ReadOnlyModelViewSet):
    pagination_class = Pages
    serializer_class = SentSerializer
    queryset = Parcel.objects.order_by("number")


class ReceivedViewSet(viewsets.ReadOnlyModelViewSet):
    pagination_class = Pages
    serializer_class = ReceivedSerializer
    queryset = Parcel.objects.order_by("number")
