from django.shortcuts import render

from shop.models import Author, Book


def books(request):
    return render(request, "shop/books.html", {"books": Book.objects.order_by("title")})  # finding: DB-PERF-001 confidence: medium


def joined(request):
    found = Book.objects.select_related("author").prefetch_related("tags")
    return render(request, "shop/books.html", {"books": found})  # ok: brought along; mutate: s/.select_related("author")/.all()/; mutate: s/.prefetch_related("tags")//


def titles(request):
    return render(request, "shop/titles.html", {"books": Book.objects.all()})  # ok: the template reads columns; mutate: shop/templates/shop/titles.html s/book.title/book.author.name/


def other(request):
    return render(request, "shop/books.html", {"authors": Author.objects.all()})  # ok: no loop of the template is over it
