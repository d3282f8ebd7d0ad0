from django.urls import path

from shop import views

urlpatterns = [path("place", views.place), path("confirm", views.confirm), path("stop", views.stop)]
