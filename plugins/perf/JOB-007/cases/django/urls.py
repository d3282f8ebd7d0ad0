from django.urls import path

from views import Contact, Login, Order, Refused

urlpatterns = [path("contact/", Contact.as_view()), path("order/", Order.as_view()), path("login/", Login.as_view()), path("refused/", Refused.as_view())]
