from django.http import JsonResponse
from django.urls import path

from shop.models import Message


def messages(request):

    rows = list(Message.objects.filter(user=request.user).order_by("-created_at")[:20])  # finding: DB-IDX-003
    return JsonResponse({"rows": [row.id for row in rows]})


urlpatterns = [path("messages", messages)]
def broken(:
