import os

import functions_framework

from shop import audit, mailing, secrets, spool

_PASSWORD = None
_SPOOLS = {}
_MAILER = None
_ORDERS = {}


def password():
    global _PASSWORD
    if _PASSWORD is None:
        _PASSWORD = secrets.read("smtp")
    return _PASSWORD


def prepare():
    if "PGPASSFILE" in os.environ:
        return
    os.environ["PGPASSFILE"] = secrets.read("postgres")


def spool_of(region):
    if region not in _SPOOLS:
        prepare()
        _SPOOLS[region] = spool.Spool(region)
    return _SPOOLS[region]


def mailer():
    global _MAILER
    if _MAILER:
        return _MAILER
    _MAILER = mailing.Mailer(password())
    return _MAILER


def topic_of(region):
    if region not in _ORDERS:
        _ORDERS[region] = audit.Orders(region)
    return _ORDERS[region]


@functions_framework.http
def orders(request):
    found = spool_of(request.args["region"]).waiting()
    mailer().send(found)
    topic_of("eu").count += 1
    return {"orders": found, "price": secrets.read_each_time("price")}
