from django.db import models
from django.http import HttpResponse


class Space(models.Model):
    pass


def index(request):
    if len(request.user.space_set.all()) == 0:  # finding: DB-AGG-001 confidence: medium
        return HttpResponse("none")
    kept = len(request.user.kept_set.all())  # ok: fetched before; mutate: s/kept_set.all/held_set.all/
    users = models.User.objects.prefetch_related("kept_set")
    names = [user.name for user in users]
    return HttpResponse(f"{kept} {names}")
