import django_rq
from apscheduler.schedulers.background import BackgroundScheduler
from django.urls import path
from django_q.models import Schedule
from django_q.tasks import async_task

scheduler = BackgroundScheduler()
scheduler.add_job("shop.tasks:nightly", "cron", hour=3)


def order(request, number):
    django_rq.get_queue("low").enqueue("shop.tasks.ship", number)
    async_task("shop.tasks.Report.send")


def plan():
    Schedule.objects.create(func="shop.tasks.weekly", schedule_type="W")
    Schedule.objects.create(func="yearly-report")


urlpatterns = [path("orders/<int:number>", order)]
