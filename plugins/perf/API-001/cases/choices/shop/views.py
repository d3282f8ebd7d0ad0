from django.contrib.auth.models import Group
from django.http import JsonResponse
from rest_framework.decorators import api_view

from shop.models import Branch, Country, Language, Order


@api_view(["GET"])
def choices(request):  # ok: the choices of a form; mutate: s/Branch.objects.all()]})  # branches/Order.objects.all()]})/
    countries = [country.name for country in Country.objects.all()]
    languages = [language.name for language in Language.objects.all()]
    return JsonResponse({"countries": countries, "languages": languages, "branches": [branch.name for branch in Branch.objects.all()]})  # branches


@api_view(["GET"])
def branches(request):  # finding: API-001
    return JsonResponse({"branches": [branch.name for branch in Branch.objects.all()]})


@api_view(["GET"])
def orders(request):  # finding: API-001
    return JsonResponse({"orders": [order.name for order in Order.objects.all()]})


@api_view(["GET"])
def groups(request):  # ok: groups of users are roles; mutate: s/Group.objects.all()]})/Order.objects.all()]})/
    return JsonResponse({"groups": [group.name for group in Group.objects.all()]})
