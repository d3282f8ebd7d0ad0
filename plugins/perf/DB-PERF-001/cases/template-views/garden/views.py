from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.views.generic import DetailView, ListView, TemplateView

from garden.models import Family, Plant, Status


class PlantListView(ListView):
    model = Plant  # finding: DB-PERF-001 confidence: medium


class QueryView(ListView):
    template_name = "garden/plants.html"
    context_object_name = "plants"

    def get_queryset(self):
        return Plant.objects.order_by("name")  # finding: DB-PERF-001


class JoinedView(ListView):
    template_name = "garden/plants.html"
    context_object_name = "plants"
    queryset = Plant.objects.select_related("family__grower")  # ok: joined along the whole way; mutate: s/family__grower/family/


class IncludedView(ListView):
    template_name = "garden/included.html"
    queryset = Plant.objects.all()  # finding: DB-PERF-001


class ClosedView(ListView):
    template_name = "garden/closed.html"
    queryset = Plant.objects.all()  # ok: the part is not handed the row; mutate: garden/templates/garden/closed.html s/ only//


class GroupedView(ListView):
    template_name = "garden/grouped.html"
    queryset = Plant.objects.select_related("grower")  # finding: DB-PERF-001


class HomeView(TemplateView):
    template_name = "garden/home.html"

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        found = Plant.objects.filter(name__startswith="a")
        context["newest"] = found.order_by("-id")[:20]  # finding: DB-PERF-001
        context["shown"] = Plant.objects.order_by("name")[:3]  # ok: three; mutate: s/[:3]/[:30]/
        return context


class PagedView(TemplateView):
    template_name = "garden/paged.html"

    def get_context_data(self, **kwargs):
        pages = Paginator(Plant.objects.all(), 100)
        return {"page": pages.page(1)}  # finding: DB-PERF-001


class FamilyDetailView(DetailView):
    model = Family  # finding: DB-PERF-001


class FetchedDetailView(DetailView):
    queryset = Family.objects.prefetch_related("plants__grower")  # ok: brought along; mutate: s/plants__grower/plants/
    template_name = "garden/family_detail.html"


class StatusListView(ListView):
    model = Status  # finding: DB-PERF-001 confidence: low -- there are few statuses


def family(request, pk):
    found = get_object_or_404(Family.objects.prefetch_related("plants"), pk=pk)
    return render(request, "garden/family_detail.html", {"family": found})  # finding: DB-PERF-001


def later(request):
    context = {"title": "plants"}
    context["plants"] = Plant.objects.all()  # finding: DB-PERF-001
    return render(request, "garden/plants.html", context)


class ForgottenView(ListView):
    queryset = Plant.objects.order_by("-id", "name")
    template_name = "garden/plants.html"
    context_object_name = "plants"


def lines(request):
    rows = [{"plant": plant, "mark": "*"} for plant in Plant.objects.all()]  # finding: DB-PERF-001
    return render(request, "garden/lines.html", {"lines": rows})


def joined_lines(request):
    lines = []
    for plant in Plant.objects.select_related("family"):  # ok: joined; mutate: s/Plant.objects.select_related("family"):/Plant.objects.all():/
        lines.append({"plant": plant, "mark": "*"})
    return render(request, "garden/lines.html", {"lines": lines})


def cuttings(request):
    latest = []
    plants = Plant.objects.order_by("id")  # finding: DB-PERF-001 -- the family of each
    for plant in plants:
        cutting = plant.cuttings.latest("id")  # finding: DB-PERF-001
        latest.append({"cutting": cutting})
    return render(request, "garden/cuttings.html", {"latest": latest})
