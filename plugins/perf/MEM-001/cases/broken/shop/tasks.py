from celery import shared_task
from django.contrib.auth.models import User


@shared_task
def remind():
    for user in User.objects.all():  # finding: MEM-001
        mail(user)


def half(:
    return
