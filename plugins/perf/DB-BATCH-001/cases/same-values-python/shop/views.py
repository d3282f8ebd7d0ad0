from django.http import HttpResponse

from shop.models import Order


def close(request):
    for number in request.POST.getlist("numbers"):
        Order.objects.filter(pk=number).update(state="closed")  # finding: DB-BATCH-001
    for number in request.POST.getlist("numbers"):
        Order.objects.filter(pk=number).update(state=request.POST[number])  # ok: each has its own; mutate: s/request.POST[number]/"closed"/
    return HttpResponse()
