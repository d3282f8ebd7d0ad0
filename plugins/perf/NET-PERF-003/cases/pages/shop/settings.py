ROOT_URLCONF = "shop.urls"
MIDDLEWARE = [  # ok: nginx compresses pages; mutate: nginx/locations s/gzip on/gzip off/; mutate: shop/views.py s/from django.shortcuts import render/from rest_framework.response import Response/
    "django.middleware.security.SecurityMiddleware",
]
