from django.urls import path

import views

urlpatterns = [path("articles/<int:pk>", views.article), path("authors/<int:pk>", views.author), path("top", views.top)]
