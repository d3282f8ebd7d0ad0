from django.contrib.auth.models import User
from django.db import models


class Message(models.Model):
    user = models.ForeignKey(User, on_delete=models.CASCADE)
    channel = models.ForeignKey("Channel", on_delete=models.CASCADE)
    created_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["channel", "created_at"])]


class Channel(models.Model):
    name = models.CharField(max_length=20)


class Address(models.Model):
    user = models.ForeignKey(User, on_delete=models.CASCADE)
    created_at = models.DateTimeField()


class Event(models.Model):
    user = models.ForeignKey(User, on_delete=models.CASCADE)
    created_at = models.DateTimeField()


class Order(models.Model):
    user = models.ForeignKey(User, on_delete=models.CASCADE)
    reference = models.CharField(max_length=20, unique=True)
    created_at = models.DateTimeField()


class Comment(models.Model):
    user = models.ForeignKey(User, on_delete=models.CASCADE)
    created_at = models.DateTimeField()
