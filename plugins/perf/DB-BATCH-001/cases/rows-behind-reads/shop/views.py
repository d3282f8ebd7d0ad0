from django.http import JsonResponse

from shop.models import Shop, Visit


def take(row):
    shop = Shop.objects.get(code=row["code"])
    Visit.objects.create(shop=shop, note=row["note"])  # finding: DB-BATCH-001 confidence: medium


def take_new(row):
    shop = Shop.objects.get(code=row["code"])
    if not Visit.objects.filter(shop=shop).exists():
        Visit.objects.create(shop=shop, note=row["note"])  # ok: only some rows need one; mutate: s/    if not Visit.objects.filter(shop=shop).exists():\n        Visit.objects.create/    Visit.objects.create/


def take_first(row):
    try:
        return Shop.objects.get(code=row["code"])
    except Shop.DoesNotExist:
        return Shop.objects.create(code=row["code"])  # ok: made once


def upload(request):
    for row in request.POST.getlist("rows"):
        take(row)
    for row in request.POST.getlist("others"):
        take_new(row)
    for row in request.POST.getlist("firsts"):
        take_first(row)
    return JsonResponse({})
