from django.urls import path

import told
from views import Contact, Login, Order, Refused

urlpatterns = [path("contact/", Contact.as_view()), path("order/", Order.as_view()), path("login/", Login.as_view()), path("refused/", Refused.as_view()), path("try/", told.try_out), path("ask/", told.contact), path("order-once/", told.order), path("try-delivery/", told.try_delivery), path("register/", told.register)]
