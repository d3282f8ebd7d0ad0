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


def told(request):
    # finding: DB-AGG-001 -- the other choice is an empty list
    late = Order.objects.filter(state="late") if request.GET.get("late") else []
    # ok: the other choice is a page that came before, and is shown; mutate: s/request.session["last"]/[]/
    early = Order.objects.filter(state="early") if request.GET.get("early") else request.session["last"]
    # ok: shown in one case; mutate: s/list(open_orders)/None/
    open_orders = Order.objects.filter(state="open") if request.GET.get("open") else []
    return JsonResponse({"late": len(late), "early": len(early), "open": len(open_orders), "all": list(open_orders)})
