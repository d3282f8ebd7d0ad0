from django.db import models


class Seller(models.Model):
    name = models.CharField(max_length=40)


class Parcel(models.Model):
    seller = models.ForeignKey(Seller, on_delete=models.CASCADE)
    code = models.CharField(max_length=40)


class Note(models.Model):
    parcel = models.OneToOneField(Parcel, on_delete=models.CASCADE, related_name="note")
    text = models.TextField()
