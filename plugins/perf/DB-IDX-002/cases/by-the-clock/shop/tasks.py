from datetime import timedelta

from celery import Celery, shared_task
from celery.schedules import crontab
from django.utils import timezone

from shop.models import Event, Message, Order

app = Celery("shop")
app.conf.beat_schedule = {"digest": {"task": "shop.tasks.send_digest", "schedule": crontab(hour=6)}}


@shared_task
def purge_events():
    Event.objects.filter(created_at__lt=timezone.now() - timedelta(days=30)).delete()


@shared_task
def send_digest():
    return [message.text for message in Message.objects.filter(sent_at__gte=timezone.now() - timedelta(days=1))]


@shared_task
def count_orders(since):
    return len(Order.objects.filter(created_at__gte=since))
