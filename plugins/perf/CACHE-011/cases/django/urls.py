from django.urls import path

import views

urlpatterns = [path("articles/<slug:slug>", views.article), path("authors/<str:name>", views.author)]
