from functools import lru_cache

from celery import shared_task
from flask_caching import Cache
from sqlalchemy.orm import Session

from shop.models import Rate

session = Session()


class ShopCache(Cache):
    pass


cache = ShopCache()


@cache.memoize(timeout=60)
def read_fee(name):
    return session.query(Rate).filter_by(id=name).first()


def fee(name):
    return read_fee(name) or 1


@shared_task
def fees(sales):
    return [fee(sale.kind) for sale in sales]  # finding: DB-PERF-001 confidence: low -- the database is asked once in a minute


def forget_fees():
    cache.delete_memoized(read_fee)


@shared_task
def fees_again(sales):
    forget_fees()
    return [fee(sale.kind) for sale in sales]  # finding: DB-PERF-001 confidence: medium -- nothing is kept any more


@lru_cache(maxsize=100)
def read_tax(country):
    return session.query(Rate).filter_by(id=country).first()


@shared_task
def taxes(sales):
    return [read_tax(sale.country) for sale in sales]  # finding: DB-PERF-001 confidence: low


def read_duty(country):
    return session.query(Rate).filter_by(id=country).first()


@shared_task
def duties(sales):
    return [read_duty(sale.country) for sale in sales]  # finding: DB-PERF-001 confidence: high
