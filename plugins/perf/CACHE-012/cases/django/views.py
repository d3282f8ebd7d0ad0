from django.core.cache import cache
from django.http import JsonResponse
from django.shortcuts import get_object_or_404

from shop.models import Article


def article(request, pk):
    found = get_object_or_404(Article, pk=pk)  # finding: CACHE-012
    return JsonResponse({"title": found.title})


def author(request, pk):
    found = Article.objects.get(pk=pk)  # finding: CACHE-012
    return JsonResponse({"author": found.author_name})


def top(request):
    cache.set("top", [found.title for found in Article.objects.all()[:9]], 60)
    return JsonResponse({})
