import gzip
import json

from celery import shared_task
from tqdm import tqdm

from shop.models import Crate, Sale


def dump_table(path, model, serializer):
    with gzip.open(path, "wt") as file:
        # finding: MEM-001 confidence: medium
        for row in tqdm(model.objects.all(), desc=path):
            file.write(json.dumps(serializer(row).data))


def export_table(path, table, serializer):
    with gzip.open(path, "wt") as file:
        for row in tqdm(table.objects.all().iterator()):  # ok: read in chunks; mutate: s/.iterator()//
            file.write(json.dumps(serializer(row).data))


def check_table(model):
    for row in model.objects.all():  # ok: nothing is exported
        row.full_clean()


def export_titles(model):
    return [row.title for row in model.objects.all()]  # ok: nothing is written out


@shared_task
def nightly(serializers):
    dump_table("crates", Crate, serializers["crate"])
    export_table("sales", Sale, serializers["sale"])
    check_table(Crate)
    export_titles(Sale)
