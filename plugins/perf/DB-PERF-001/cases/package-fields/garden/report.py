from garden.models import Bed


def authors_of(bed):
    return bed.history.exclude(author="").values_list("author", flat=True)


def changes():
    rows = []
    for bed in Bed.objects.filter(name="north"):
        # finding: DB-PERF-001
        rows.append((bed.name, list(authors_of(bed))))
    return rows


def outline():
    rows = []
    for bed in Bed.objects.filter(name="south"):
        rows.append((bed.name, bed.parent.name))  # finding: DB-PERF-001
    return rows


def labels():
    rows = []
    for bed in Bed.objects.filter(name="west"):
        rows.append([str(tag) for tag in bed.tags.all()])  # finding: DB-PERF-001
    return rows


def planted():
    rows = []
    for bed in Bed.objects.filter(name="east").prefetch_related("plants"):
        rows.append([plant.name for plant in bed.plants.all()])  # ok: brought along; mutate: s/.prefetch_related("plants")//
    return rows
