from django.urls import path

import views

urlpatterns = [path("articles/<slug:slug>", views.article), path("publish/<slug:slug>", views.publish)]
