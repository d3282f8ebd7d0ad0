import csv
import io

from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import path

from shop import documents
from shop.models import Bookmark, Country, Payment


def bookmarks(request):
    rows = Bookmark.objects.filter(owner=request.user)  # finding: MEM-001 confidence: medium
    response = HttpResponse(content_type="text/plain")
    response["Content-Disposition"] = 'attachment; filename="bookmarks.html"'
    response.write(documents.as_html(list(rows)))
    return response


def payments(request):
    response = HttpResponse(content_type="text/csv")
    writer = csv.writer(response)
    for payment in Payment.objects.filter(owner=request.user).order_by("id"):  # finding: MEM-001 confidence: medium
        writer.writerow([payment.pk, payment.amount])
    return response


def buffered(request):
    buffer = io.StringIO()
    lines = [payment.amount for payment in Payment.objects.filter(owner=request.user)]  # finding: MEM-001 confidence: medium
    csv.writer(buffer).writerow(lines)
    return HttpResponse(buffer.getvalue(), headers={"Content-Disposition": "attachment; filename=payments.csv"})


def chunked(request):
    response = HttpResponse(content_type="text/csv")
    writer = csv.writer(response)
    for payment in Payment.objects.filter(owner=request.user).iterator(chunk_size=1000):  # ok: in chunks; mutate: s/.iterator(chunk_size=1000)//
        writer.writerow([payment.pk, payment.amount])
    return response


def latest(request):
    response = HttpResponse(content_type="text/csv")
    for payment in Payment.objects.filter(owner=request.user)[:100]:  # ok: so many; mutate: s/[:100]//
        csv.writer(response).writerow([payment.pk])
    return response


def streamed(request):
    def lines():
        for payment in Payment.objects.filter(owner=request.user):
            yield f"{payment.pk}\n"

    return StreamingHttpResponse(lines(), content_type="text/csv")  # no document is held


def countries(request):
    response = HttpResponse(content_type="text/csv")
    for country in Country.objects.filter(name__startswith=request.GET["name"]):  # ok: there are few; mutate: s/Country.objects.filter(name__startswith=request.GET["name"])/Payment.objects.filter(owner=request.user)/
        csv.writer(response).writerow([country.name])
    return response


def shown(request):
    rows = [payment.amount for payment in Payment.objects.filter(owner=request.user)]  # ok: a page, which is another rule's; mutate: s/return render(request, "payments.html", {"rows": rows})/return HttpResponse(str(rows), content_type="text\/csv")/
    return render(request, "payments.html", {"rows": rows})


urlpatterns = [
    path("bookmarks", bookmarks),
    path("payments", payments),
    path("buffered", buffered),
    path("chunked", chunked),
    path("latest", latest),
    path("streamed", streamed),
    path("countries", countries),
    path("shown", shown),
]
