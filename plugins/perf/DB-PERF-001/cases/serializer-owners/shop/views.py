from rest_framework import viewsets

from shop.models import Profile
from shop.serializers import BilledSerializer, ProfileSerializer, TwiceSerializer


class AllViewSet(viewsets.ModelViewSet):
    queryset = Profile.objects.order_by("id")  # finding: DB-PERF-001
    serializer_class = ProfileSerializer


class OwnViewSet(viewsets.ModelViewSet):
    serializer_class = ProfileSerializer

    def get_queryset(self):
        if self.request.user.is_authenticated:
            return Profile.objects.filter(user=self.request.user)  # ok: one profile per user; mutate: s/filter(user=/filter(plan__owner=/
        return Profile.objects.none()


class KeyViewSet(viewsets.ModelViewSet):
    serializer_class = ProfileSerializer

    def get_queryset(self):
        return Profile.objects.filter(pk=self.request.user.profile_id)  # ok: one by its key; mutate: s/pk=/pk__in=/


class CodeViewSet(viewsets.ModelViewSet):
    serializer_class = ProfileSerializer

    def get_queryset(self):
        return Profile.objects.filter(code=self.kwargs["code"])  # ok: no two have that code; mutate: s/code=self/code__gte=self/


class NarrowedViewSet(viewsets.ModelViewSet):
    serializer_class = ProfileSerializer

    def get_queryset(self):
        rows = Profile.objects.all()  # finding: DB-PERF-001
        if "code" in self.request.query_params:
            rows = rows.filter(code=self.request.query_params["code"])
        return rows


class BilledViewSet(viewsets.ModelViewSet):
    queryset = Profile.objects.all()
    serializer_class = BilledSerializer


class TwiceViewSet(viewsets.ModelViewSet):
    queryset = Profile.objects.all()
    serializer_class = TwiceSerializer
