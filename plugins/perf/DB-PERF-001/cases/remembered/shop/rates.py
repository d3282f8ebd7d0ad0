from cachetools import TTLCache, cached
from celery import shared_task
from sqlalchemy.orm import Session

from shop.models import Rate

session = Session()


@cached(TTLCache(maxsize=100, ttl=600))
def kept_rate(number):
    return session.get(Rate, number)


def rate(number):
    return session.get(Rate, number)


@shared_task
def price_kept(sales):
    return [sale.total * kept_rate(sale.rate_id).factor for sale in sales]  # finding: DB-PERF-001 confidence: low -- asked once in ten minutes


@shared_task
def price(sales):
    return [sale.total * rate(sale.rate_id).factor for sale in sales]  # finding: DB-PERF-001 confidence: high


def factor_of(sale):
    if sale.rate_id:
        return kept_rate(sale.rate_id).factor
    return rate(sale.shop_id).factor


@shared_task
def price_partly(sales):
    return [sale.total * factor_of(sale) for sale in sales]  # finding: DB-PERF-001 confidence: medium -- one of the two ways is not kept
