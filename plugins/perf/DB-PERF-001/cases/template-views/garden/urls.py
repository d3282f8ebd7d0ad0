from django.urls import path

from garden import views

# forgotten

urlpatterns = [
    path("plants", views.PlantListView.as_view()),
    path("query", views.QueryView.as_view()),
    path("joined", views.JoinedView.as_view()),
    path("included", views.IncludedView.as_view()),
    path("closed", views.ClosedView.as_view()),
    path("grouped", views.GroupedView.as_view()),
    path("home", views.HomeView.as_view()),
    path("paged", views.PagedView.as_view()),
    path("families/<int:pk>", views.FamilyDetailView.as_view()),
    path("fetched/<int:pk>", views.FetchedDetailView.as_view()),
    path("statuses", views.StatusListView.as_view()),
    path("family/<int:pk>", views.family),
    path("later", views.later),
    path("lines", views.lines),
    path("joined-lines", views.joined_lines),
    path("cuttings", views.cuttings),
]
