from django.urls import path

from shop import views

urlpatterns = [path("mark/<number>", views.mark), path("put/<number>", views.put), path("close", views.close)]
