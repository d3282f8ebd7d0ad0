from django.http import JsonResponse
from django.urls import path

from shop.models import Address, Comment, Event, Message, Order, Picture, Reading, Visit, Vote, Webhook


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


def visit(request):
    if Visit.objects.filter(user=request.user).count() >= 20:
        # ok: the visits of a user are kept to twenty; mutate: s/        oldest.delete()\n/        oldest.touch()\n/
        oldest = Visit.objects.filter(user=request.user).order_by("created_at").first()
        oldest.delete()
    return JsonResponse({})


def reading(request):
    # ok: a user has one of each kind; mutate: shop/models.py s/    class Meta:\n        unique_together = [("user", "kind")]//
    return JsonResponse({"kind": Reading.objects.filter(user=request.user).order_by("-created_at").first().kind})


def webhook(request):
    # ok: a user has a handful; mutate: s/Vote, Webhook/Vote, WebhookEvent/ s/Webhook.objects/WebhookEvent.objects/ shop/models.py s/class Webhook(/class WebhookEvent(/
    return JsonResponse({"id": Webhook.objects.filter(user=request.user).order_by("-created_at").first().id})


def picture(request, draft):
    # ok: the parts of one draft; mutate: s/Order, Picture/Order, PictureView/ s/Picture.objects/PictureView.objects/ shop/models.py s/class Picture(/class PictureView(/
    return JsonResponse({"id": Picture.objects.filter(draft=draft).order_by("-created_at").first().id})


def vote(request, draft):
    # ok: one row at most; mutate: shop/models.py s/unique_together = (("user", "draft"),)/ordering = ("id",)/
    return JsonResponse({"id": Vote.objects.filter(user=request.user, draft=draft).order_by("-created_at").first().id})
