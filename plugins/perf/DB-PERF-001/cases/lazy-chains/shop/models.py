from django.db import models


class Owner(models.Model):
    email = models.CharField(max_length=80)
    boss = models.ForeignKey("self", null=True, on_delete=models.CASCADE)


class Project(models.Model):
    name = models.CharField(max_length=80)
    owner = models.ForeignKey(Owner, on_delete=models.CASCADE)
    region = models.ForeignKey("Region", on_delete=models.CASCADE)


class Region(models.Model):
    name = models.CharField(max_length=80)


class Check(models.Model):
    project = models.ForeignKey(Project, on_delete=models.CASCADE)


class Flip(models.Model):
    owner = models.ForeignKey(Check, on_delete=models.CASCADE)
    created = models.DateTimeField()
