from django.urls import path

from shop.views import events

urlpatterns = [path("<str:day>/<int:venue>", events)]
