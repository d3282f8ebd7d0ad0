from django.http import JsonResponse
from django.urls import path

from shop.models import Message


def messages(request):
    # perfctl: allow DB-IDX-003 -- a user keeps thirty messages at most
    rows = list(Message.objects.filter(user=request.user).order_by("-created_at")[:20])
    return JsonResponse({"rows": [row.id for row in rows]})


urlpatterns = [path("messages", messages)]
