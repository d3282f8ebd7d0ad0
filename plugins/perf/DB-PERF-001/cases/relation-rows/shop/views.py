from django.core.paginator import Paginator
from django.http import JsonResponse

from shop.models import Album, Face, Person, Photo


def held(request):
    found = Face.objects.in_bulk(request.POST.getlist("faces"))
    owners = [face.photo.name for face in found.values()]  # finding: DB-PERF-001 confidence: high
    again = {}
    for number, face in found.items():
        again[number] = face.person.name  # finding: DB-PERF-001
    marks = [1, 2, 3]
    pairs = [face.person.name for face, mark in zip(Face.objects.filter(sure=True), marks)]  # finding: DB-PERF-001
    pages = Paginator(Photo.objects.order_by("id"), 500)
    for number in pages.page_range:
        for photo in pages.page(number).object_list:
            print(photo.owner.name)  # finding: DB-PERF-001
    return JsonResponse({"all": [owners, again, pairs]})


def names_of(faces):
    return [face.person.name for face in faces]  # finding: DB-PERF-001 confidence: medium


def joined_names_of(faces):
    return [face.person.name for face in faces]  # ok: the one caller joins them; mutate: s/objects.select_related("person")/objects.all()/


def handed(request):
    return JsonResponse({"all": names_of(Face.objects.filter(sure=True)), "joined": joined_names_of(Face.objects.select_related("person"))})


def deep(request):
    titles = [album.names() for album in Album.objects.prefetch_related("photos")]  # finding: DB-PERF-001 confidence: medium
    whole = [album.names() for album in Album.objects.prefetch_related("photos__faces__person")]  # ok: brought along to the end; mutate: s/"photos__faces__person"/"photos"/
    narrow = [photo.name for photo in Photo.objects.filter(owner=3)]  # ok: a column
    return JsonResponse({"all": [titles, whole, narrow]})


def may_see(request, photo):
    for album in photo.album_set.only("id"):
        if request.user in album.shared_to.all():  # finding: DB-PERF-001
            return True
    return False


def put_in(request, number):
    album = Album.objects.get(pk=number)
    missing = []
    for photo in Photo.objects.filter(name__in=request.POST.getlist("names")):
        if photo not in album.photos.all():  # finding: DB-PERF-001
            missing.append(photo.name)
    known = album.photos.all()
    for photo in Photo.objects.filter(name="new"):
        if photo in known:  # ok: one query, kept by the rows
            missing.append(photo.name)
    for name in request.POST.getlist("more"):
        if album.photos.filter(name=name).exists():  # finding: DB-PERF-001
            missing.append(name)
    for person in Person.objects.filter(name__startswith="a"):
        print(person.name, number)
    return JsonResponse({"missing": missing, "count": album.photos.count()})
