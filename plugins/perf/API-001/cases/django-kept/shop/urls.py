from django.urls import path

from shop import views

urlpatterns = [
    path("seen/", views.seen),
    path("refined/", views.refined),
    path("shown/", views.shown),
    path("kept/", views.kept),
]
