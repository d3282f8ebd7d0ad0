from django.http import JsonResponse

from shop.models import Bundle, Tag

FIELDS = ["bundle", "sort"]


class Search:
    params = ["q", "bundle", "sort"]


def tags(request):
    found = []
    for name in request.GET.getlist("tag"):
        found.append(Tag.objects.get(name=name))  # finding: DB-PERF-001
    return JsonResponse({"tags": [tag.pk for tag in found]})


def at_once(request):
    found = Tag.objects.filter(name__in=request.GET.getlist("tag"))  # ok: one query for all
    return JsonResponse({"tags": [tag.pk for tag in found]})


def written(request):
    values = {}
    for name in Search.params:
        values[name] = Bundle.objects.filter(name=name).first()  # ok: three constants of a class; mutate: s/in Search.params/in request.GET/
    for name in FIELDS:
        values[name] = Tag.objects.filter(name=name).first()  # ok: two constants of the module; mutate: s/in FIELDS/in request.GET/
    return JsonResponse(values)


def one_of_them(request):
    values = {}
    for name in request.GET:
        if name == "bundle":
            values[name] = Bundle.objects.filter(pk=request.GET[name]).first()  # ok: one of the names only; mutate: s/name == "bundle"/name in "bundle"/
    return JsonResponse(values)


def narrowed(request):
    query = Tag.objects.all()
    for name in request.GET.getlist("without"):
        query = query.exclude(name=name)  # ok: only builds; mutate: s/query.exclude(name=name)/query.exclude(name=name).first()/
    return JsonResponse({"tags": [tag.pk for tag in query]})


def bound_by_test(request):
    found = []
    for name in request.GET.getlist("name"):
        if tags := Tag.objects.filter(name=name):  # finding: DB-PERF-001
            found.append(tags[0].pk)
    for name in request.GET.getlist("bundle"):
        if not Bundle.objects.filter(name=name):  # finding: DB-PERF-001
            found.append(name)
    return JsonResponse({"found": found})
