from django.db import models


class Event(models.Model):
    text = models.TextField()
    created_at = models.DateTimeField(auto_now_add=True)  # finding: DB-IDX-002 confidence: low


class Message(models.Model):
    text = models.TextField()
    created_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField()  # finding: DB-IDX-002 confidence: low


class Order(models.Model):
    text = models.TextField()
    created_at = models.DateTimeField(auto_now_add=True)  # finding: DB-IDX-002 confidence: medium


class ApiToken(models.Model):
    digest = models.CharField(max_length=64)  # finding: DB-IDX-002 confidence: low


class LoginToken(models.Model):
    digest = models.CharField(max_length=64)  # finding: DB-IDX-002 confidence: medium
