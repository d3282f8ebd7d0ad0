from django.core.mail import send_mail
from django.http import HttpResponse
from django.views import View


class Contact(View):
    def post(self, request):
        # ok: the backend puts it into a queue; mutate: settings.py s/djcelery_email.backends.CeleryEmailBackend/django.core.mail.backends.smtp.EmailBackend/
        send_mail("Hello", request.POST["text"], "shop@example.com", ["desk@example.com"])
        return HttpResponse()


class Login(View):
    def post(self, request):
        # ok: its users put their mails into a queue; mutate: models.py s/send.delay(/send(/ settings.py s/djcelery_email.backends.CeleryEmailBackend/django.core.mail.backends.smtp.EmailBackend/
        request.user.email_user("Your link", "...")
        return HttpResponse()
