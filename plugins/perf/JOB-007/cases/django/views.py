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
