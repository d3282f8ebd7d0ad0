from shop.models import Line, Order


def names():
    found = []
    for order in Order.objects.filter(number__gt="1"):
        for line in order.lines.open():  # finding: DB-PERF-001
            found.append(line.id)
    return found


def products():
    return [line.product.name for line in Line.objects.open()]  # finding: DB-PERF-001


def joined():
    return [line.product.name for line in Line.objects.open().select_related("product")]  # ok: joined; mutate: s/.select_related("product")//
