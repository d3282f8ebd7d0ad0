from django.urls import path

from shop import views

urlpatterns = [path("mails", views.mails), path("flips", views.flips)]
