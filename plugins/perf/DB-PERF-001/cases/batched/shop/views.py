from django.http import JsonResponse

from shop.models import OrderLine, Product


def prices(request, ids):
    names = []
    for product_id in ids:
        product = Product.objects.get(pk=product_id)  # finding: DB-PERF-001
        names.append(product.name)
    return JsonResponse({"names": names})


def lines(request, lines):
    names = []
    for line in lines:
        # finding: DB-PERF-001
        names.append(Product.objects.get(id=line.product_id).name)
    return JsonResponse({"names": names})


def careful(request, ids):
    names = []
    for product_id in ids:
        try:
            names.append(Product.objects.get(pk=product_id).name)  # finding: DB-PERF-001
        except Product.DoesNotExist:
            names.append("")
    return JsonResponse({"names": names})


def by_lookup(lookups):
    names = []
    for lookup in lookups:
        # Which column it looks at is not seen: no change is offered.
        names.append(Product.objects.get(**lookup).name)  # finding: DB-PERF-001
    return names
