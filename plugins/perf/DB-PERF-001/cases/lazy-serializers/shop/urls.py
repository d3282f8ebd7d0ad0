from django.urls import path
from rest_framework.routers import DefaultRouter

from shop.views import ActionViewSet, RoutedViewSet

router = DefaultRouter()
router.register("books", RoutedViewSet)

urlpatterns = [
    path("book/<int:pk>", ActionViewSet.as_view({"get": "retrieve"})),
    path("books/<int:pk>/copy", RoutedViewSet.as_view({"post": "create"})),
] + router.urls
