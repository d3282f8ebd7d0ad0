from django.urls import path

from shop import views

urlpatterns = [path("held", views.held), path("handed", views.handed), path("deep", views.deep), path("see", views.may_see), path("put/<number>", views.put_in)]
