from django.contrib.auth.models import User
from django.core.mail import EmailMessage, mail_admins, send_mail
from django.http import HttpResponse
from django.views import View


class Contact(View):
    def post(self, request):
        send_mail("Hello", request.POST["text"], "shop@example.com", ["desk@example.com"])  # finding: JOB-007 confidence: medium
        return HttpResponse()


class Order(View):
    def post(self, request):
        EmailMessage("Order", "...", "shop@example.com", [request.user.email]).send()  # finding: JOB-007
        return HttpResponse()


class Refused(View):
    def post(self, request):
        mail_admins("Refused", "...")  # finding: JOB-007 confidence: low
        return HttpResponse()


class Login(View):
    def post(self, request):
        user = User.objects.get(email=request.POST["email"])
        self.send_link(user)
        return HttpResponse()

    def send_link(self, user):
        return user.email_user(subject="Your link", message="...")  # finding: JOB-007 confidence: medium
