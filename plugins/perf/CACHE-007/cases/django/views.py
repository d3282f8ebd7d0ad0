from django.core.cache import cache
from django.http import JsonResponse

from shop.models import Article


def article(request, slug):
    key = f"article:{slug}"
    found = cache.get(key)
    if found is None:
        found = Article.objects.filter(slug=slug).values("title", "body").first()
        cache.set(key, found, 60 * 60)  # finding: CACHE-007 confidence: medium
    return JsonResponse(found)


def publish(request, slug):
    Article.objects.filter(slug=slug).update(published=True)
    return JsonResponse({})
