from django.urls import include, path, re_path

from shop.views import is_there, report, status_check

urlpatterns = [
    re_path(r"^status_check/$", status_check),
    path("reports/", report),
    path("orders/there/", is_there),
    path("admin/", include("shop.admin_urls")),
]
