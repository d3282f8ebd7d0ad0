from depot.models import Crate, Item


def first_heavy(labels):
    found = []
    for label in labels:
        found.append(Crate.sealed_ones.heavy(10).filter(label=label).first())  # finding: DB-PERF-001
    return found


def due_each(days):
    found = []
    for day in days:
        for crate in Crate.objects.due(day).order_by("id"):  # finding: DB-PERF-001 confidence: medium
            found.append(crate.label)
    return found


def built(labels):
    rows = Crate.sealed_ones.heavy(10)
    for label in labels:
        rows = rows.exclude(label=label)  # ok: nothing is asked before the loop ends
    return list(rows)


def weights(labels, known):
    return [known.get(label) for label in labels]  # ok: a dictionary


def owners():
    for crate in Crate.sealed_ones.heavy(10):
        yield crate.items.all().latest()  # finding: DB-PERF-001


def one_item(names):
    return Item.objects.filter(name__in=names).first()  # ok: asked once
