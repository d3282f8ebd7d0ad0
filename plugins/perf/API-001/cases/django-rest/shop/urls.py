from django.urls import path
from rest_framework.routers import DefaultRouter

from shop.api import BaseViewSet, OrderViewSet, PagedViewSet, PartViewSet

router = DefaultRouter()
router.register("orders", OrderViewSet)
router.register("all", BaseViewSet)
router.register("pages", PagedViewSet)

urlpatterns = [path("parts/<int:pk>", PartViewSet.as_view({"get": "retrieve", "put": "update"}))] + router.urls
