from django.urls import path
from rest_framework.routers import DefaultRouter

from shop.api import OrderViewSet, PartViewSet

router = DefaultRouter()
router.register("orders", OrderViewSet)

urlpatterns = [path("parts/<int:pk>", PartViewSet.as_view({"get": "retrieve", "put": "update"}))] + router.urls
