from django.urls import path

from shop import views

urlpatterns = [path("api/heartbeat/", views.beat), path("orders/", views.orders)]
