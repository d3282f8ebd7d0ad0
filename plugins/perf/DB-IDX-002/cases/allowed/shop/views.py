from django.http import JsonResponse
from django.urls import path

from shop.models import Event


def events(request):
    return JsonResponse({"events": [event.id for event in Event.objects.order_by("-created_at")[:50]]})


urlpatterns = [path("events", events)]
