from django.http import HttpRequest, JsonResponse

from shop.models import Order, Shop


def label(order, shop=None):
    if shop is None:
        shop = Shop.objects.get(id=order.shop_id)
    return shop.name


def labels(request: HttpRequest):
    shop = Shop.objects.get(id=1)
    # ok: handed what would be asked for; mutate: s/label(order, shop=shop)/label(order)/
    return JsonResponse([label(order, shop=shop) for order in Order.objects.all()[:20]], safe=False)
