from rest_framework import serializers
from rest_framework.decorators import api_view
from rest_framework.response import Response

from shop.models import Parcel


class ParcelSerializer(serializers.ModelSerializer):
    class Meta:
        model = Parcel
        fields = ["number"]


@api_view(["GET"])
def seen(request):  # finding: API-001 confidence: low -- the name gets other rows before it is read
    parcels = Parcel.objects.all()
    ids = set(request.query_params.getlist("id"))
    parcels = Parcel.objects.filter(id__in=ids)
    return Response(ParcelSerializer(parcels, many=True).data)


@api_view(["GET"])
def refined(request):  # finding: API-001 confidence: medium
    parcels = Parcel.objects.all()
    parcels = parcels.order_by("number")
    return Response(ParcelSerializer(parcels, many=True).data)


@api_view(["GET"])
def shown(request):  # ok: shown as one; mutate: s/(parcels, many=False).data/(parcels, many=True).data/
    parcels = Parcel.objects.order_by("-number")
    return Response(ParcelSerializer(parcels, many=False).data)


@api_view(["GET"])
def kept(request):  # ok: shown as one; mutate: s/many=False)  # kept/many=True)/
    parcels = Parcel.objects.order_by("-number")
    serializer = ParcelSerializer(parcels, many=False)  # kept
    return Response(serializer.data)
