import django_filters
from rest_framework import mixins, viewsets
from rest_framework.decorators import action
from rest_framework.response import Response

from depot.models import Crate
from depot.serializers import ContentsSerializer, CrateSerializer, KeyedSerializer, ListedSerializer, PlainKeySerializer

WITH_SHELF = ["shelf", "shelf__hall"]


class CrateFilter(django_filters.FilterSet):
    class Meta:
        model = Crate
        fields = ["label"]


class HeavyViewSet(viewsets.ModelViewSet):
    queryset = Crate.objects.heavy(40)  # finding: DB-PERF-001 confidence: medium
    serializer_class = CrateSerializer


class JoinedViewSet(viewsets.ModelViewSet):
    queryset = Crate.objects.heavy(40).with_shelf()  # ok: the method joins them; mutate: s/.with_shelf()/.sealed()/
    serializer_class = CrateSerializer


class DueViewSet(viewsets.ModelViewSet):
    serializer_class = CrateSerializer

    def get_queryset(self):
        return Crate.objects.due(self.request.day)  # finding: DB-PERF-001


class SealedViewSet(viewsets.ModelViewSet):
    queryset = Crate.sealed_ones.all()  # finding: DB-PERF-001
    serializer_class = CrateSerializer


class FullViewSet(viewsets.ModelViewSet):
    queryset = Crate.full_ones.all()  # ok: the manager joins them by another method; mutate: depot/managers.py s/get_queryset().with_shelf()/get_queryset().sealed()/
    serializer_class = CrateSerializer


class HelperViewSet(viewsets.ModelViewSet):
    queryset = Crate.objects.select_related("shelf")  # finding: DB-PERF-001
    serializer_class = KeyedSerializer

    def _listed(self):
        rows = super().get_queryset().filter(label=self.request.label)
        return rows

    def get_queryset(self):
        if self.action in ["list"]:
            return self._listed()
        return super().get_queryset()

    @action(detail=False)
    def choices(self, request):
        shown = KeyedSerializer(Crate.objects.filter(shelf__id=request.shelf), many=True)  # finding: DB-PERF-001
        return Response({"crates": shown.data})

    @action(detail=False)
    def keys(self, request):
        shown = PlainKeySerializer(Crate.objects.filter(shelf__id=request.shelf), many=True)  # ok: the keys stand in the row; mutate: depot/fields.py s/        self.known_as = known_as/        self.known_as = known_as\n\n    def use_pk_only_optimization(self):\n        return False\n\n    def own(self):/
        return Response({"crates": shown.data})


class ListedViewSet(viewsets.ModelViewSet):
    queryset = Crate.objects.select_related("shelf")  # finding: DB-PERF-001
    serializer_class = ListedSerializer


class BranchedViewSet(viewsets.ModelViewSet):
    serializer_class = CrateSerializer

    def get_queryset(self):
        rows = Crate.objects.all()
        rows = rows.select_related(*WITH_SHELF)
        if self.request.query_params.get("sealed"):
            rows = Crate.sealed_ones.all()  # finding: DB-PERF-001 confidence: medium
        label = self.request.query_params.get("label")
        if label:
            rows = rows.filter(label=label)
        return rows


class BothViewSet(viewsets.ModelViewSet):
    serializer_class = CrateSerializer

    def get_queryset(self):
        if self.request.query_params.get("sealed"):
            rows = Crate.sealed_ones.all()  # ok: joined behind both branches; mutate: s/rows = rows.select_related("shelf")/rows = rows.filter()/
        else:
            rows = Crate.objects.all()
        rows = rows.select_related("shelf")
        return rows


class FilteredViewSet(mixins.CreateModelMixin, viewsets.GenericViewSet):
    serializer_class = CrateSerializer

    def list(self, request):
        rows = CrateFilter(request.query_params, queryset=Crate.objects.sealed())
        page = self.paginate_queryset(rows.qs)  # finding: DB-PERF-001
        return self.get_paginated_response(CrateSerializer(page, many=True).data)


class ContentsViewSet(viewsets.ModelViewSet):
    queryset = Crate.objects.all()
    serializer_class = ContentsSerializer


class LabelsViewSet(viewsets.ModelViewSet):
    queryset = Crate.objects.labels()  # ok: no rows of the model; mutate: s/.labels()/.sealed()/
    serializer_class = CrateSerializer


def shown(request):
    if request.GET.get("full"):
        rows = Crate.objects.select_related("shelf")  # ok: the other branch lacks the shelf; mutate: s/rows = Crate.objects.select_related("shelf")/rows = Crate.objects.all()/
        return Response(CrateSerializer(rows, many=True).data)
    else:
        rows = Crate.objects.exclude(label="")  # finding: DB-PERF-001
        return Response(CrateSerializer(rows, many=True).data)


class SharedViewSet(viewsets.ModelViewSet):
    queryset = Crate.objects.all()
    serializer_class = CrateSerializer

    def get_queryset(self):
        return Crate.objects.with_shelf()  # ok: joined; mutate: s/return Crate.objects.with_shelf()/return Crate.objects.all()/


class LabelledViewSet(SharedViewSet):
    def get_queryset(self):
        return super().get_queryset().filter(label="a")  # ok: the base joins them; mutate: s/super().get_queryset()/Crate.objects/
