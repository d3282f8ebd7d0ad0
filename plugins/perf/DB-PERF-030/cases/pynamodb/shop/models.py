from pynamodb.attributes import UnicodeAttribute
from pynamodb.models import Model


class Device(Model):
    class Meta:
        table_name = "devices"

    owner = UnicodeAttribute(hash_key=True)


def all_devices():
    return list(Device.scan())  # finding: DB-PERF-030


def of_owner(owner):
    return list(Device.query(owner))  # ok: a query by key; mutate: s/Device.query(owner)/Device.scan()/
