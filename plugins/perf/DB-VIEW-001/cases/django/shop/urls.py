from django.urls import path

from shop import views

urlpatterns = [path("sums/", views.sums), path("one/", views.one)]
