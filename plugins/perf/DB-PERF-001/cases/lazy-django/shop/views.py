from django.db.models import Prefetch
from django.http import JsonResponse

from shop.models import Customer, Line, Order, Parcel
from shop.open import joined_orders, open_orders


def row_of(order):
    return {"customer": order.customer.name}


def state_of(text, order=None, row=None):
    return f"{text} {order.state if order else row.customer.name}"


def orders(request):
    rows = []
    for order in Order.objects.filter(state="open").order_by("-id"):
        rows.append(order.customer.name)  # finding: DB-PERF-001 confidence: high
    found = Order.objects.all()
    if request.GET.get("state"):
        found = found.filter(state=request.GET["state"])
    names = [order.editor.name for order in found]  # finding: DB-PERF-001
    tags = [[tag.name for tag in order.tags.all()] for order in Order.objects.all()]  # finding: DB-PERF-001
    labels = [order.label for order in Order.objects.all()]  # finding: DB-PERF-001 confidence: medium
    places = [order.address() for order in Order.objects.all()]  # finding: DB-PERF-001 confidence: medium
    made = [row_of(order) for order in Order.objects.all()]  # finding: DB-PERF-001 confidence: medium
    named = [row_of(order=order) for order in Order.objects.all()]  # finding: DB-PERF-001 confidence: medium
    second = [state_of("state", order=order) for order in Order.objects.all()]  # ok: reads the state only; mutate: s/"state", order=order/"state", row=order/
    counts = {customer.name: customer.orders.count() for customer in Customer.objects.all()}  # finding: DB-PERF-001
    last = [customer.orders.first() for customer in Customer.objects.prefetch_related("orders")]  # finding: DB-PERF-001
    return JsonResponse({"rows": rows, "rest": [names, tags, labels, places, made, named, second, counts, last]})


def prepared(request):
    one = [order.customer.name for order in Order.objects.select_related("customer")]  # ok: joined; mutate: s/objects.select_related("customer")/objects.all()/
    keys = [order.customer_id for order in Order.objects.all()]  # ok: the key stands in the row; mutate: s/order.customer_id/order.customer.id/
    all_of = [order.editor.name for order in Order.objects.select_related()]  # ok: all of them are joined
    tags = [list(order.tags.all()) for order in Order.objects.prefetch_related(Prefetch("tags"))]  # ok: prefetched; mutate: s/.prefetch_related(Prefetch("tags"))/.all()/
    parcels = [parcel.order.state for parcel in Parcel.objects.all()]  # ok: the manager joins it; mutate: shop/models.py s/.select_related("order")//
    plain = [row["customer__name"] for row in Order.objects.values("customer__name")]  # ok: no rows of the model
    few = [order.customer.name for order in Order.objects.all()[:3]]  # ok: three of them; mutate: s/[:3]/[:300]/
    unknown = [order.customer.name for order in Order.objects.with_customer()]  # ok: what it brings is not seen; mutate: s/with_customer/all/
    for order in Order.objects.all():
        order.customer = request.user.customer  # ok: written, not read
    return JsonResponse({"all": [one, keys, all_of, tags, parcels, plain, few, unknown]})


def lines(request, number):
    order = Order.objects.get(pk=number)
    products = [line.product.name for line in order.order_lines.all()]  # finding: DB-PERF-001 confidence: high
    back = [line.order.state for line in order.order_lines.all()]  # ok: the row that the list hangs on is known
    return JsonResponse({"products": products, "back": back, "all": Line.objects.count()})


def twice(request):
    found = Order.objects.filter(state="open")
    for order in found:
        print(order.customer.name)  # finding: DB-PERF-001
    return JsonResponse({"names": [order.customer.name for order in found]})  # ok: loaded by the loop before


def given(request):
    names = [order.customer.name for order in open_orders(3)]  # finding: DB-PERF-001 confidence: medium
    joined = [order.customer.name for order in joined_orders(3)]  # ok: joined by the function; mutate: shop/open.py s/.select_related("customer")//
    return JsonResponse({"names": names, "joined": joined})
