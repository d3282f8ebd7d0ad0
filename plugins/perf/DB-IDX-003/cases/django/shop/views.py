from django.http import JsonResponse
from django.urls import path

from shop.models import Address, Comment, Event, Message, Order


def page(rows):
    return JsonResponse({"rows": [row.id for row in rows]})


def of_user(request):
    return page(list(Message.objects.filter(user=request.user).order_by("-created_at")[:20]))  # finding: DB-IDX-003 confidence: medium


def since(request):
    return page(list(Event.objects.filter(user=request.user, created_at__gte=request.GET["since"])))  # finding: DB-IDX-003 confidence: medium


def of_channel(request, channel):
    # ok: one index holds both; mutate: shop/models.py s/fields=["channel", "created_at"]/fields=["channel"]/
    return page(list(Message.objects.filter(channel=channel).order_by("-created_at")[:20]))


def one(request, reference):
    # ok: the reference leads to one row; mutate: s/user=request.user, reference=reference/user=request.user/
    return page(list(Order.objects.filter(user=request.user, reference=reference).order_by("created_at")[:1]))


def newest(request):
    return page(list(Comment.objects.filter(user=request.user).order_by("-id")[:20]))  # ok: in the order of the key; mutate: s/order_by("-id")/order_by("-created_at")/


def addresses(request):
    return page(list(Address.objects.filter(user=request.user).order_by("created_at")[:20]))  # finding: DB-IDX-003 confidence: low


urlpatterns = [
    path("user", of_user),
    path("since", since),
    path("channel/<int:channel>", of_channel),
    path("one/<str:reference>", one),
    path("newest", newest),
    path("addresses", addresses),
]
