from django.urls import path
from rest_framework.routers import DefaultRouter

from shop import views
from shop.views import ActionViewSet, RoutedViewSet

router = DefaultRouter()
router.register("books", RoutedViewSet)
router.register("nested", views.NestedViewSet)
router.register("method", views.MethodViewSet)
router.register("tags", views.TagsViewSet)
router.register("key", views.KeyViewSet)
router.register("joined", views.JoinedViewSet)
router.register("fetched", views.FetchedViewSet)
router.register("chosen", views.ChosenViewSet)
router.register("empty", views.EmptyViewSet)

urlpatterns = [
    path("named", views.NamedView.as_view()),
    path("one", views.OneView.as_view()),
    path("book/<int:pk>", ActionViewSet.as_view({"get": "retrieve"})),
    path("books/<int:pk>/copy", RoutedViewSet.as_view({"post": "create"})),
] + router.urls
