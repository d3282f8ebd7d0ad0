from django.core.cache import cache
from django.http import JsonResponse

from shop.models import Invoice


def totals(request):
    cached = cache.get("invoice-totals")
    if cached is not None:
        return JsonResponse(cached)
    invoices = Invoice.objects.filter(company=request.user.company)
    found = {"count": invoices.count()}
    cache.set("invoice-totals", found, 600)  # finding: CACHE-010 confidence: medium
    return JsonResponse(found)


def open_totals(request, company_id):
    key = "open-totals:%s" % company_id
    cached = cache.get(key)
    if cached is not None:
        return JsonResponse(cached)
    found = {"count": Invoice.objects.filter(company_id=company_id, open=True).count()}
    cache.set(key, found, 600)  # ok: the key has the company; mutate: s/:%s" % company_id/"/
    return JsonResponse(found)
