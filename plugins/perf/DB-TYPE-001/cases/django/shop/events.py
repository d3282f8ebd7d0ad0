from datetime import timedelta

from celery import shared_task
from django.http import JsonResponse
from django.urls import path
from django.utils import timezone

from shop.models import ApiToken, ExportEvent, OrderEvent, PaymentAttempt, VoucherEvent


def tell_orders(orders):
    return OrderEvent.objects.bulk_create([OrderEvent() for _ in orders])


def tell_vouchers(vouchers):
    return VoucherEvent.objects.bulk_create([VoucherEvent() for _ in vouchers])


@shared_task
def forget():
    PaymentAttempt.objects.filter(date__lt=timezone.now() - timedelta(days=90)).delete()
    ApiToken.objects.filter(date__lt=timezone.now() - timedelta(days=90)).delete()


def export(request):
    ExportEvent.objects.create()
    return JsonResponse({})


urlpatterns = [path("export", export)]
