from django.apps import apps

from shop.models import Clerk, Goods


def clerk_of(address):
    return Clerk.objects.filter(email=address).earliest("id")


def clerks_of(addresses):
    for address in addresses:
        # ok: asks nothing; mutate: s/(address.lower())/(clerk_of(address))/
        print(address.lower())
    return [clerk_of(address) for address in addresses]  # finding: DB-PERF-001


def goods_of(codes):
    return [Goods.objects.filter(code=code).alias(first=1).first() for code in codes]  # finding: DB-PERF-001


def notes_of(kind, clerks):
    for clerk in clerks:
        note = apps.get_model("shop", kind).objects.filter(clerk=clerk).first()  # finding: DB-PERF-001
        print(note)
