# Handlers, each of which calls `probe`.
from django.urls import path
from . import views
urlpatterns = [path("", views.index), path("a", views.A.as_view()), path("b", views.B.as_view()), path("n", views.ninja_less)]
