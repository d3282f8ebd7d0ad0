from celery import shared_task
from django.core.mail import send_mail


@shared_task
def send(to, subject, message):
    send_mail(subject, message, "shop@example.com", [to])  # ok: a task
