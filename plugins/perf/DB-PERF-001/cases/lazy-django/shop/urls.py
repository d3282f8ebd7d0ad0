from django.urls import path

from shop import views

urlpatterns = [path("orders", views.orders), path("prepared", views.prepared), path("lines/<number>", views.lines), path("twice", views.twice), path("given", views.given)]
