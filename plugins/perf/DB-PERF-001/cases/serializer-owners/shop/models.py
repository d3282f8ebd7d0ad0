from django.contrib.auth.models import User
from django.db import models


class Profile(models.Model):
    user = models.OneToOneField(User, on_delete=models.CASCADE)
    plan = models.ForeignKey("Plan", on_delete=models.CASCADE)
    code = models.CharField(max_length=20, unique=True)

    @property
    def is_free(self):
        return self.plan.price == 0

    @property
    def plan_name(self):
        return self.plan.name

    def monthly(self):
        return self.plan.price / 12

    @property
    def newest_bill(self):
        return self.bills.order_by("-id").first()  # finding: DB-PERF-001


class Plan(models.Model):
    name = models.CharField(max_length=20)
    price = models.IntegerField()


class Bill(models.Model):
    profile = models.ForeignKey(Profile, related_name="bills", on_delete=models.CASCADE)
