from django.db import models


class Bed(models.Model):
    name = models.CharField(max_length=80)


class Plant(models.Model):
    bed = models.ForeignKey(Bed, on_delete=models.CASCADE)
    name = models.CharField(max_length=80)


class Photo(models.Model):
    plant = models.OneToOneField(Plant, on_delete=models.CASCADE, related_name="photo")
    path = models.CharField(max_length=80)


class Note(models.Model):
    plant = models.ForeignKey(Plant, on_delete=models.CASCADE, related_name="notes")
    text = models.CharField(max_length=80)
