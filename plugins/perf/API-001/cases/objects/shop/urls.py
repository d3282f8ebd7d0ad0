from django.urls import path

from shop import views

urlpatterns = [path("chart", views.chart), path("total", views.total), path("lines", views.lines), path("newest", views.newest), path("days", views.days)]
