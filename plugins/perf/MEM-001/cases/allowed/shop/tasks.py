from celery import shared_task
from django.contrib.auth.models import User


@shared_task
def remind():
    # perfctl: allow MEM-001 -- this installation has eleven users
    for user in User.objects.all():
        mail(user)
