from django.urls import path

from shop import views

urlpatterns = [path("orders/", views.orders), path("depots/", views.depots), path("sliced/", views.sliced), path("list/", views.Orders.as_view()), path("all/", views.AllOrders.as_view())]
