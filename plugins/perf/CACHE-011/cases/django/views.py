from django.core.cache import cache
from django.http import HttpResponse, JsonResponse

from shop.models import Article


def article(request, slug):
    found = Article.objects.filter(slug=slug).first()
    if found is None:
        return JsonResponse({}, status=404, headers={"Cache-Control": "max-age=86400"})  # finding: CACHE-011
    return HttpResponse(found.body, headers={"Cache-Control": "max-age=86400"})  # ok: an answer 200


def author(request, name):
    key = f"author:{name}"
    if key in cache:
        return JsonResponse({"author": cache.get(key)})
    found = None
    cache.set(key, None, 600)  # finding: CACHE-011
    return JsonResponse({"author": found})
