from shop.models import Order


def open_orders(shop):
    found = Order.objects.filter(state="open")
    return found.order_by("id")


def joined_orders(shop):
    return Order.objects.filter(state="open").select_related("customer")
