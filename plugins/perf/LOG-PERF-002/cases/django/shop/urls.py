from django.urls import path

urlpatterns = [path("orders", lambda request: None)]
