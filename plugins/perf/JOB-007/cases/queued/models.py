from django.contrib.auth.models import AbstractUser

from tasks import send


class Customer(AbstractUser):
    def email_user(self, subject, message):
        send.delay(self.email, subject, message)
