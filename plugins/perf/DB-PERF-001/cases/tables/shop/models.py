from django.db import connection, models
from django.http import JsonResponse


class Order(models.Model):
    name = models.TextField()


def clear(model):
    table = model._meta.db_table
    model.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute("SELECT last FROM sequences WHERE name = %s", [table])


def reset(request, kinds):
    for kind in kinds:
        clear(kind)  # ok: another table each time; mutate: s/model.objects.all().delete()/print(table)/
    sizes = {}
    for kind in kinds:
        sizes[str(kind)] = kind.objects.count()  # ok: the same
    return JsonResponse(sizes)
