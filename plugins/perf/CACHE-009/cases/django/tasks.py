from celery import shared_task
from django.core.cache import cache

from shop.models import Article


@shared_task
def warm_articles():
    for article in Article.objects.all():
        cache.set(f"article:{article.pk}", article.body, timeout=86400)  # finding: CACHE-009 confidence: medium


@shared_task
def warm_titles():
    titles = {f"title:{article.pk}": article.title for article in Article.objects.all()}
    cache.set_many(titles, 86400)  # finding: CACHE-009 confidence: medium
    cache.set_many({"a": 1}, 86400)  # ok: few entries
    cache.set_many(titles, 10)  # ok: soon gone; mutate: s/10)/600)/
