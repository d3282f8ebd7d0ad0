import json

from django.core import serializers
from django.http import HttpResponse, JsonResponse

from shop.models import Order


def orders(request):
    rows = json.loads(serializers.serialize("json", Order.objects.all()[:20]))  # finding: JSON-001 confidence: medium
    return JsonResponse(rows, safe=False)


def texts(request):
    text = serializers.serialize("json", Order.objects.all()[:20])
    return HttpResponse(text, content_type="application/json")  # ok: encoded once
