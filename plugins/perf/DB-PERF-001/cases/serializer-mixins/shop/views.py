from rest_framework.response import Response
from rest_framework.viewsets import GenericViewSet

from shop.models import Parcel
from shop.serializers import ParcelSerializer, WideSerializer


class Listed:
    def answer(self, request):
        rows = self.get_queryset()
        page = self.paginate_queryset(rows)
        if page is not None:
            return self.get_paginated_response(self.get_serializer(page, many=True).data)
        return Response(self.get_serializer(rows, many=True).data)

    def list(self, request, *args, **kwargs):
        return self.answer(request)


class Counted:
    def list(self, request, *args, **kwargs):
        return Response({"count": self.get_queryset().count()})


class Parcels(Listed, GenericViewSet):
    def get_queryset(self):
        parcels = Parcel.objects.exclude(code="")  # finding: DB-PERF-001
        if self.request.user.is_staff:
            return parcels
        return parcels.filter(seller__name=self.request.user.username)

    def get_serializer_class(self):
        if self.request.user.is_staff:
            return WideSerializer
        return ParcelSerializer


class ParcelsWithNotes(Listed, GenericViewSet):
    queryset = Parcel.objects.select_related("note")  # ok: they come along; mutate: s/select_related("note")/all()/
    serializer_class = ParcelSerializer


class ParcelCount(Counted, GenericViewSet):
    queryset = Parcel.objects.all()  # ok: rows are only counted
    serializer_class = ParcelSerializer
