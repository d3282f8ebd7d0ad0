from shop.models import Order


def close_all(numbers):
    wanted = [int(number) for number in numbers]
    Order.objects.filter(id__in=wanted).update(open=False)


def handle(request, rows):
    if "one" in request.POST:
        return None
    numbers = rows.values_list("id", flat=True)
    return close_all(numbers)


def shown(request, rows):
    if "none" in request.POST:
        return None
    return rows
