from rest_framework import viewsets
from rest_framework.decorators import action
from rest_framework.response import Response

from shop.models import Parcel


class ParcelViewSet(viewsets.GenericViewSet):
    def get_queryset(self):
        return Parcel.objects.filter(owner=self.request.user)

    def list(self, request):
        parcels = self.get_queryset().select_related("owner")
        if request.GET.get("oldest"):
            parcels = parcels.order_by("id")
        start = int(request.GET.get("start", "0"))
        limit = int(request.GET.get("limit", "12"))
        # finding: MEM-001 confidence: medium
        shown = list(parcels)[start : start + limit]
        return Response(self.serializer_class(shown, many=True).data)

    @action(detail=False)
    def by_date(self, request):
        offset, limit = int(request.GET["offset"]), int(request.GET["limit"])
        # finding: MEM-001
        parcels = sorted(Parcel.objects.filter(owner=request.user), key=lambda parcel: parcel.sent_at)
        return Response([parcel.pk for parcel in parcels[offset : offset + limit]])

    @action(detail=False)
    def cut_by_the_database(self, request):
        start, limit = int(request.GET["start"]), int(request.GET["limit"])
        parcels = self.get_queryset()
        shown = list(parcels[start : start + limit])  # ok: the page is what is asked for; mutate: s/list(parcels[start : start + limit])/list(parcels)[start : start + limit]/
        return Response(self.serializer_class(shown, many=True).data)

    @action(detail=False)
    def of_some(self, request):
        page, size = int(request.GET["page"]), int(request.GET["size"])
        parcels = list(self.get_queryset().filter(pk__in=request.GET.getlist("ids")))  # ok: as many as were named; mutate: s/pk__in=request.GET.getlist("ids")/sent_at__isnull=False/
        return Response(self.serializer_class(parcels[page * size : page * size + size], many=True).data)

    @action(detail=False)
    def words(self, request):
        page, size = int(request.GET["page"]), int(request.GET["size"])
        return Response(sorted(set(request.GET.getlist("word")))[page * size : page * size + size])  # ok: no rows
