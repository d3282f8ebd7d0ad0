from django.http import JsonResponse

from shop.models import Order


def summary(request):
    number = len(Order.objects.filter(state="open"))  # finding: DB-AGG-001
    # finding: DB-AGG-001
    lost = Order.objects.all()
    number += len(lost)
    paid = Order.objects.filter(state="paid")  # finding: DB-AGG-001
    turnover = sum(order.total for order in paid)
    taxed = Order.objects.filter(state="taxed")  # ok: a property computes it; mutate: s/order.tax for/order.duty for/
    tax = sum(order.tax for order in taxed)
    sent = Order.objects.filter(state="sent")  # ok: shown as well; mutate: s/[order.id for order in sent]/0/
    held = Order.objects.filter(state="held").select_for_update()  # ok: locks the rows; mutate: s/.select_for_update()//
    number += len(held)
    return JsonResponse({"number": number, "turnover": turnover, "tax": tax, "sent": len(sent), "ids": [order.id for order in sent]})
