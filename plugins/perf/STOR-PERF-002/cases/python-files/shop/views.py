import gzip
import os
from pathlib import Path

import boto3
from django.conf import settings
from django.core.files.storage import default_storage
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path

from shop.models import Document

s3 = boto3.client("s3")


def content_of(document):
    place = os.path.join(settings.DOCUMENTS, document.name)
    if document.is_packed:
        with gzip.open(place, "rb") as file:
            content = file.read()  # finding: STOR-PERF-002 confidence: medium
    else:
        with open(place, "rb") as file:
            # finding: STOR-PERF-002 confidence: medium
            content = file.read()
    return content


def asset_of(document):
    with open(os.path.join(settings.ASSETS, document.name), "rb") as file:
        return file.read()  # finding: STOR-PERF-002 confidence: medium


def show(request, number):
    document = get_object_or_404(Document, pk=number)
    return HttpResponse(content_of(document), content_type=document.kind)


def asset(request, number):
    return HttpResponse(asset_of(get_object_or_404(Document, pk=number)))


def read(request, number):
    return render(request, "read.html", {"content": content_of(get_object_or_404(Document, pk=number)).decode()})


def download(request, name):
    response = HttpResponse(content_type="application/octet-stream")
    response.write(default_storage.open(name).read())  # finding: STOR-PERF-002 confidence: medium
    return response


def scan(request, name):
    data = (Path(settings.SCANS) / name).read_bytes()
    return HttpResponse(Path(name).read_bytes(), content_type="image/tiff"), data  # finding: STOR-PERF-002 confidence: medium


def part(request, name, start):
    with open(os.path.join(settings.DOCUMENTS, name), "rb") as file:
        return HttpResponse(file.read(65536))  # ok: so many bytes; mutate: s/file.read(65536)/file.read()/


def resumed(request, name, start):
    with open(os.path.join(settings.DOCUMENTS, name), "rb") as file:
        file.seek(start)
        return HttpResponse(file.read())  # ok: a part of it; mutate: s/file.seek(start)/file.tell()/


def terms(request):
    with open("shop/terms.pdf", "rb") as file:
        return HttpResponse(file.read())  # ok: a file of the program; mutate: s/with open("shop\/terms.pdf", "rb")/with open(request.GET["name"], "rb")/


def streamed(request, name):
    return FileResponse(open(os.path.join(settings.DOCUMENTS, name), "rb"))


def note(request, name):
    with open(os.path.join(settings.DOCUMENTS, name), "rb") as file:
        content = file.read().decode("utf-8")  # ok: a text that is shown in a page; mutate: s/.decode("utf-8")// s/render(request, "note.html", {"content": content})/HttpResponse(content)/
    return render(request, "note.html", {"content": content})


def archived(request, name):
    with open(os.path.join(settings.DOCUMENTS, name), "rb") as file:
        s3.put_object(Bucket="archive", Key=name, Body=file.read())  # finding: STOR-PERF-002 confidence: medium
    return HttpResponse()


def counted(request, name):
    with open(os.path.join(settings.DOCUMENTS, name), "rb") as file:
        content = file.read()  # ok: it goes nowhere; mutate: s/HttpResponse(len(content))/HttpResponse(content)/
    return HttpResponse(len(content))


urlpatterns = [
    path("documents/<int:number>", show),
    path("assets/<int:number>", asset),
    path("read/<int:number>", read),
    path("download/<name>", download),
    path("scans/<name>", scan),
    path("parts/<name>/<int:start>", part),
    path("resumed/<name>/<int:start>", resumed),
    path("terms", terms),
    path("streamed/<name>", streamed),
    path("notes/<name>", note),
    path("archived/<name>", archived),
    path("counted/<name>", counted),
]
