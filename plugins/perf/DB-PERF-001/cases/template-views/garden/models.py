from django.contrib.gis.db import models


class Grower(models.Model):
    name = models.CharField(max_length=80)


class Family(models.Model):
    grower = models.ForeignKey(Grower, on_delete=models.CASCADE)
    name = models.CharField(max_length=80)

    def __str__(self):
        return f"{self.name} of {self.grower.name}"


class Plant(models.Model):
    family = models.ForeignKey(Family, on_delete=models.CASCADE, related_name="plants")
    grower = models.ForeignKey(Grower, on_delete=models.CASCADE)
    name = models.CharField(max_length=80)

    @property
    def grown_by(self):
        return self.grower.name


class Cutting(models.Model):
    plant = models.ForeignKey(Plant, on_delete=models.CASCADE, related_name="cuttings")
    bed = models.ForeignKey(Grower, on_delete=models.CASCADE)


class Status(models.Model):
    grower = models.ForeignKey(Grower, on_delete=models.CASCADE)
