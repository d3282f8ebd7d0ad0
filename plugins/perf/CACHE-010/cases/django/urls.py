from django.urls import path

import views

urlpatterns = [path("totals", views.totals), path("open/<int:company_id>", views.open_totals)]
