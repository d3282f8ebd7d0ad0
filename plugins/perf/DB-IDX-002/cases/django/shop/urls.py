from django.urls import path

from shop import views

urlpatterns = [
    path("orders", views.orders),
    path("latest", views.latest),
    path("shipped", views.shipped),
    path("paid/<int:customer>", views.paid),
    path("packed", views.packed),
    path("events", views.events),
    path("notes", views.notes),
    path("countries", views.countries),
]
