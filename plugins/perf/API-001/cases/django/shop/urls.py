from django.urls import path

from shop import views

urlpatterns = [
    path("orders/", views.orders),
    path("page/", views.page),
    path("newest/", views.newest),
    path("all/", views.Orders.as_view()),
]
