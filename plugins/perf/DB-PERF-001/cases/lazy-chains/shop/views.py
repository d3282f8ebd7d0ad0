from django.http import JsonResponse

from shop.models import Check, Project


def mails(request):
    rows = []
    for check in Check.objects.all():
        rows.append(check.project.owner.email)  # finding: DB-PERF-001
    for one in Check.objects.order_by("id"):
        project = one.project  # finding: DB-PERF-001
        rows.append((project.name, project.owner.email, project.region.name))
    for plain in Check.objects.order_by("-id"):
        rows.append(plain.project.name)  # finding: DB-PERF-001
    for owned in Project.objects.all():
        owner = owned.owner  # finding: DB-PERF-001
        while owner.boss:
            owner = owner.boss
        rows.append(owner.email)
    ready = [check.project.owner.email for check in Check.objects.select_related("project__owner")]  # ok: the query brings both; mutate: s/project__owner"/project"/
    return JsonResponse({"rows": rows, "ready": ready})


def flips(request):
    since = request.GET["since"]
    rows = []
    for check in Check.objects.all():
        rows.append(list(check.flip_set.filter(created__gt=since)))  # finding: DB-PERF-001
    for check in Check.objects.order_by("id"):
        rows.append([flip.created for flip in check.flip_set.all()])  # finding: DB-PERF-001
    return JsonResponse({"rows": rows})
