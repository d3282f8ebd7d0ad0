from django.http import JsonResponse

from shop.models import Product, Shop


# On a line with two queries the one of the outer loop alone has a fix: `in_bulk` gives the rows under numbers, and the inner loop's keys are texts.

def chosen(request, shops):
    ids = request.POST.getlist("ids")
    names = []
    for shop in shops:
        for pk in ids:
            names.append((Shop.objects.get(pk=shop).name, Product.objects.get(pk=pk).tag.chosen))  # finding: DB-PERF-001, DB-PERF-001
    return JsonResponse({"names": names})


def parts(parts, shops):
    ids = parts.split(",")
    names = []
    for shop in shops:
        for pk in ids:
            names.append((Shop.objects.get(pk=shop).name, Product.objects.get(pk=pk).tag.parts))  # finding: DB-PERF-001, DB-PERF-001
    return JsonResponse({"names": names})


def stripped(parts, shops):
    ids = [part.strip() for part in sorted(parts.split(","))]
    names = []
    for shop in shops:
        for pk in ids:
            names.append((Shop.objects.get(pk=shop).name, Product.objects.get(pk=pk).tag.stripped))  # finding: DB-PERF-001, DB-PERF-001
    return JsonResponse({"names": names})


def posted(request, shops):
    ids = request.data["ids"]
    names = []
    for shop in shops:
        for pk in ids:
            names.append((Shop.objects.get(pk=shop).name, Product.objects.get(pk=pk).tag.posted))  # finding: DB-PERF-001, DB-PERF-001
    return JsonResponse({"names": names})


def annotated(ids: list[str], shops):
    names = []
    for shop in shops:
        for pk in ids:
            names.append((Shop.objects.get(pk=shop).name, Product.objects.get(pk=pk).tag.annotated))  # finding: DB-PERF-001, DB-PERF-001
    return JsonResponse({"names": names})


def numbers(parts):
    ids = [int(part) for part in parts.split(",")]
    names = []
    for pk in ids:
        names.append(Product.objects.get(pk=pk).tag.numbers)  # finding: DB-PERF-001
    return JsonResponse({"names": names})
