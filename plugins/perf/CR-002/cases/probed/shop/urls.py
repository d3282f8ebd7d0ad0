from django.urls import include, path, re_path

from shop.views import HomeView, OffersView

urlpatterns = [
    re_path(r"^$", HomeView.as_view()),
    path("offers/", OffersView.as_view()),
    path("admin/", include("shop.admin_urls")),
]
