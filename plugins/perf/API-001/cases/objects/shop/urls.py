from django.urls import path

from shop import views

urlpatterns = [path("chart", views.chart), path("total", views.total), path("lines", views.lines)]
