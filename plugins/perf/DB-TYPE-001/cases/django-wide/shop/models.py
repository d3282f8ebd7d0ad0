from django.db import models


class OrderEvent(models.Model):  # ok: keys have 64 bits by default; mutate: shop/settings.py s/BigAutoField/AutoField/
    date = models.DateTimeField(auto_now_add=True)
