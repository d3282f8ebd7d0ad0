from django.urls import path

from shop import views

urlpatterns = [path("sellers", views.Sellers.as_view()), path("names", views.SellerNames.as_view()), path("sellers/<int:pk>", views.SellerDetail.as_view())]
