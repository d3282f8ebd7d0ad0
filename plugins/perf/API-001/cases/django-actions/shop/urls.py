from django.urls import path

from shop import views

urlpatterns = [
    path("index", views.index_action),
    path("shown", views.shown_action),
    path("first", views.first_open),
]
