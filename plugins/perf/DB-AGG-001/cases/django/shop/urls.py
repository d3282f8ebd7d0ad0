from django.urls import path

from shop import views

urlpatterns = [path("told", views.told), path("summary", views.summary)]
