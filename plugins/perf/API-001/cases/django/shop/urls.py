from django.urls import path

from shop import views

urlpatterns = [
    path("orders/", views.orders),
    path("page/", views.page),
    path("newest/", views.newest),
    path("summary/", views.summary),
    path("totals/", views.totals),
    path("lines/", views.page_with_lines),
    path("open/", views.newest_of_open),
    path("some/", views.some),
    path("cut/", views.cut_behind),
    path("one/<int:key>/", views.one_of_all),
    path("act/", views.act),
    path("branches/<int:owner>/", views.branches),
    path("names/", views.names),
    path("different/", views.different_names),
    path("rows/", views.different_rows),
    path("in-pages/", views.in_pages),
    path("of-some/", views.of_some),
    path("by-kind/", views.by_kind),
    path("by-state/", views.by_state),
    path("fitting/", views.fitting),
    path("mine/", views.of_mine),
    path("of-open/", views.of_open),
    path("filtered/", views.filtered),
    path("grouped/", views.grouped),
    path("settings/", views.settings_of),
    path("by-key/<int:key>/", views.one_by_key),
    path("counted/", views.counted),
    path("all/", views.Orders.as_view()),
]
