from django.http import JsonResponse

from shop.models import Order, Tag


def mark(request, number):
    order = Order.objects.get(pk=number)
    for tag in Tag.objects.filter(name__in=request.POST.getlist("tags")):
        order.tags.add(tag)  # finding: DB-BATCH-001 confidence: high
    for tag in Tag.objects.filter(name__in=request.POST.getlist("old")):
        order.tags.remove(tag)  # finding: DB-BATCH-001
    other, is_new = Order.objects.get_or_create(state="copy")
    for number, tag in Tag.objects.in_bulk(request.POST.getlist("keys")).items():
        other.tags.add(tag)  # finding: DB-BATCH-001
    return JsonResponse({"count": order.tags.count()})


def put(request, number):
    order = Order.objects.get(pk=number)
    order.tags.add(*Tag.objects.filter(name__in=request.POST.getlist("tags")))
    names = set()
    for tag in Tag.objects.all():
        names.add(tag.name)  # ok: a set of Python
    for other in Order.objects.filter(state="open"):
        other.tags.add(3)  # ok: each item has a relation of its own
    found = request.POST
    for name in request.GET.getlist("tags"):
        found.tags.add(name)  # ok: no row of a model; mutate: s/found = request.POST/found = Order.objects.get(pk=number)/
    return JsonResponse({"names": list(names)})


def close(request):
    for order in Order.objects.filter(state="old"):
        order.delete()  # finding: DB-BATCH-001 confidence: medium
    Order.objects.filter(state="done").delete()
    found = Order.objects.in_bulk(request.POST.getlist("orders"))
    for order in found.values():
        order.state = "closed"
        order.save()  # finding: DB-BATCH-001
    return JsonResponse({})
