import os

INSTALLED_APPS = ["django.contrib.admin", "shop.orders"]

if not os.environ.get("STAGE"):
    INSTALLED_APPS += ["shop.inspection"]
