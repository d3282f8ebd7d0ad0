from django.urls import path

from views import Contact, Login

urlpatterns = [path("contact/", Contact.as_view()), path("login/", Login.as_view())]
