from django.db import transaction
from django.http import JsonResponse
from django.urls import path

from shop.models import AuditLog, Blog, BlogTag, Line, Order, Sensor, Station


def place(request):
    order = Order.objects.create(note="x")
    Line.objects.create(order=order)  # finding: DB-PERF-004
    return JsonResponse({"id": order.id})


def save(request):
    order = Order(note="x")
    order.save()
    line = Line(order=order)
    line.save()  # finding: DB-PERF-004
    return JsonResponse({"id": order.id})


def held(request):
    with transaction.atomic():
        order = Order.objects.create(note="x")
        Line.objects.create(order=order)  # ok: one transaction; mutate: s/with transaction.atomic():/if request.POST:/
    return JsonResponse({})


@transaction.atomic
def decorated(request):
    order = Order.objects.create(note="x")
    Line.objects.create(order=order)  # ok: one transaction; mutate: s/@transaction.atomic\n/\n/
    return JsonResponse({})


def same(request):
    order = Order.objects.create(note="x")
    order.save()  # ok: the same record
    return JsonResponse({})


def logged(request):
    order = Order.objects.create(note="x")
    AuditLog.objects.create(order=order)  # ok: a log goes its own way; mutate: s/    AuditLog.objects/    Line.objects/
    return JsonResponse({})


def apart(request):
    Order.objects.create(note="x")
    Line.objects.create(order_id=request.POST["order"])  # ok: of another order
    return JsonResponse({})


def either(request):
    if request.POST:
        order = Order.objects.create(note="x")
    else:
        order = Order.objects.get(id=3)
        Line.objects.create(order=order)  # ok: the other branch
    return JsonResponse({"id": order.id})


def cleaned(request):
    order = Order.objects.create(note="x")
    try:
        notify(order)
    except ValueError:
        Line.objects.filter(order=order).delete()  # ok: undoes what failed
    return JsonResponse({})


def blog(request):
    made = Blog.objects.create(name="x")
    BlogTag.objects.create(blog=made)  # finding: DB-PERF-004
    return JsonResponse({})


def station(request):
    made = Station.objects.create(name="x")
    Sensor.objects.create(station=made)  # finding: DB-PERF-004
    return JsonResponse({})


def mailed(request):
    dispatch_batch_mail(beginning_of_day())
    order = Order.objects.create(note="x")
    Line.objects.create(order=order)  # finding: DB-PERF-004
    return JsonResponse({})


def batched(request):
    with batch_writer() as writer:
        order = Order.objects.create(note="x")
        Line.objects.create(order=order)  # ok: one batch; mutate: s/batch_writer()/batch_letters()/
    return JsonResponse({})


urlpatterns = [path(view.__name__, view) for view in ()] + [
    path("place", place), path("save", save), path("held", held), path("decorated", decorated), path("same", same), path("logged", logged), path("apart", apart), path("either", either), path("cleaned", cleaned), path("blog", blog), path("station", station), path("mailed", mailed),
    path("batched", batched),
]
