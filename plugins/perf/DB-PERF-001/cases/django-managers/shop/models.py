from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from polymorphic.managers import PolymorphicManager


class ClerkManager(BaseUserManager):
    def make(self, email):
        return self.create(email=email)


class Clerk(AbstractBaseUser):
    email = models.EmailField()
    objects = ClerkManager()


class Goods(models.Model):
    code = models.CharField(max_length=20)
    objects = PolymorphicManager()
