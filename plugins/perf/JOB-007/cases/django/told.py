from django.core.mail import send_mail
from django.http import JsonResponse
from django.shortcuts import render


def try_out(request):
    page = {"server": "mail.example.com"}
    try:
        # The page shows how it went, which no queue could tell.
        send_mail("Hello", "It works", "shop@example.com", [request.user.email])  # finding: JOB-007 confidence: low
        page["sent"] = True
    except OSError as error:
        page["error"] = error
    return render(request, "mail.html", page)


def contact(request):
    failed = []
    try:
        send_mail("Question", request.POST["text"], "shop@example.com", ["help@example.com"])  # finding: JOB-007 confidence: medium
    except OSError as error:
        failed.append(error)
    return JsonResponse({"done": True})


def order(request):
    page = {}
    try:
        number = request.POST["number"]
        total = request.POST["total"]
        send_mail("Order", f"{number}: {total}", "shop@example.com", [request.user.email])  # finding: JOB-007 confidence: medium
        page["number"] = number
    except Exception as error:
        page["error"] = error
    return render(request, "order.html", page)


def deliver(address):
    send_mail("Hello", "It works", "shop@example.com", [address])  # finding: JOB-007 confidence: medium


def try_delivery(request):
    page = {}
    try:
        deliver(request.user.email)
    except OSError as error:
        page["error"] = error
    return render(request, "mail.html", page)


def register(request):
    deliver(request.POST["email"])
    return JsonResponse({})
