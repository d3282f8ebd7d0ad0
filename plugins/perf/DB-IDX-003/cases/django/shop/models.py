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


class Visit(models.Model):
    user = models.ForeignKey(User, on_delete=models.CASCADE)
    created_at = models.DateTimeField()


class Reading(models.Model):
    user = models.ForeignKey(User, on_delete=models.CASCADE)
    kind = models.CharField(max_length=9, choices=[("day", "day"), ("night", "night")])
    created_at = models.DateTimeField()

    class Meta:
        unique_together = [("user", "kind")]


class Webhook(models.Model):
    user = models.ForeignKey(User, on_delete=models.CASCADE)
    created_at = models.DateTimeField()


class Draft(models.Model):
    name = models.CharField(max_length=20)


class Picture(models.Model):
    draft = models.ForeignKey(Draft, on_delete=models.CASCADE)
    created_at = models.DateTimeField()


class Vote(models.Model):
    user = models.ForeignKey(User, on_delete=models.CASCADE)
    draft = models.ForeignKey(Draft, on_delete=models.CASCADE)
    created_at = models.DateTimeField()

    class Meta:
        unique_together = (("user", "draft"),)
