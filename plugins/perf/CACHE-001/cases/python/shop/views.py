from functools import lru_cache

import requests
from django.http import JsonResponse
from django.urls import path

from shop.models import Customer, Level


def get_level(key):
    return Level.objects.get(id=key)


@lru_cache(maxsize=100)
def find_level(key):
    return Level.objects.get(id=key)


def twice(request):
    name = Level.objects.get(id=3).name
    order = Level.objects.get(id=3).order  # finding: CACHE-001
    return JsonResponse({"name": name, "order": order})


def helped(request):
    name = get_level(request.GET["level"]).name
    order = get_level(request.GET["level"]).order  # finding: CACHE-001
    return JsonResponse({"name": name, "order": order})


def kept(request):
    name = find_level(request.GET["level"]).name
    order = find_level(request.GET["level"]).order  # ok: kept by its function; mutate: s/@lru_cache(maxsize=100)\n//
    return JsonResponse({"name": name, "order": order})


def written(request):
    before = Level.objects.get(id=4).order
    Customer.objects.filter(id=3).update(level=4)
    after = Level.objects.get(id=4).order  # ok: written in between; mutate: s/    Customer.objects.filter(id=3).update(level=4)\n//
    return JsonResponse({"before": before, "after": after})


def other(request):
    key = request.GET["first"]
    first = get_level(key)
    key = request.GET["second"]
    second = get_level(key)  # ok: another key; mutate: s/    key = request.GET["second"]\n//
    return JsonResponse({"first": first.name, "second": second.name})


def either(request):
    if request.GET:
        level = Level.objects.get(id=5)
    else:
        level = Level.objects.get(id=5)  # ok: the other branch
    return JsonResponse({"name": level.name})


def locked(request):
    Level.objects.select_for_update().get(id=6)
    level = Level.objects.get(id=6)  # ok: another statement
    return JsonResponse({"name": level.name})


def done(request):
    count = Level.objects.filter(order=1).count()
    charge(request.user)
    after = Level.objects.filter(order=1).count()  # ok: what is called for its effect may change it; mutate: s/    charge(request.user)\n//
    return JsonResponse({"count": count, "after": after})


def imported(request):
    before = Level.objects.filter(order=2).count()
    answer = requests.post("http://importer/levels")
    after = Level.objects.filter(order=2).count()  # ok: what was sent may change it; mutate: s/requests.post/requests.get/
    return JsonResponse({"before": before, "after": after, "state": answer.status_code})


def ask_importer(method):
    return requests.request("PUT", "http://importer/levels")


def through(request):
    before = Level.objects.filter(order=3).count()
    answer = ask_importer("levels")
    after = Level.objects.filter(order=3).count()  # ok: what was sent may change it; mutate: s/request("PUT"/request("GET"/
    return JsonResponse({"before": before, "after": after, "state": answer.status_code})


def looked_up(request):
    before = Level.objects.filter(order=4).count()
    answer = requests.get("http://importer/levels")
    after = Level.objects.filter(order=4).count()  # finding: CACHE-001
    return JsonResponse({"before": before, "after": after, "state": answer.status_code})


urlpatterns = [path("a", twice), path("b", helped), path("c", kept), path("d", written), path("e", other), path("f", either), path("g", locked), path("h", done), path("i", imported), path("j", through), path("k", looked_up)]
