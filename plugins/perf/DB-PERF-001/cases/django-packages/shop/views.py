import csv

from django.contrib.auth.models import Group
from django.http import JsonResponse
from django.views import View

from shop.models import Badge, Shelf, Shop, Visit


class Upload(View):
    def post(self, request):
        found = []
        for row in csv.DictReader(request.FILES["rows"]):
            self.take(row, found)  # finding: DB-PERF-001
        for name in request.POST.getlist("groups"):
            found.append(Group.objects.get(name=name))  # finding: DB-PERF-001 confidence: high
        for code in request.POST.getlist("badges"):
            found.append(Badge.objects.filter(code=code).first())  # finding: DB-PERF-001 confidence: high
        for code in request.POST.getlist("shelves"):
            if Shelf.objects.filter(code=code).exists():  # finding: DB-PERF-001 confidence: high
                found.append(code)
        by_code = Shop.objects.in_bulk(request.POST.getlist("shops"))
        for code in request.POST.getlist("shops"):
            found.append(by_code[code])  # ok: all are there; mutate: s/by_code[code]/Shop.objects.get(code=code)/
        return JsonResponse({"found": len(found)})

    def take(self, row, found):
        shop = Shop.objects.get(code=row["code"])
        found.append(Visit(shop=shop))
