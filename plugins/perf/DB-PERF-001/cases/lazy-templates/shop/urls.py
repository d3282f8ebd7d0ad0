from django.urls import path

from shop import views

urlpatterns = [path("books", views.books), path("joined", views.joined), path("titles", views.titles), path("other", views.other)]
