from django.db.models import Count, Prefetch
from rest_framework.response import Response
from rest_framework.views import APIView

from shop.base import Listing
from shop.models import Author, Book
from shop.serializers import (
    BookSerializer, CountedSerializer, CountingSerializer, NewestSerializer, ReaderSerializer, RepresentedSerializer, StarsSerializer, WideSerializer,
)


class CountingViewSet(Listing):
    queryset = Author.objects.all()
    serializer_class = CountingSerializer


class CountedViewSet(Listing):
    serializer_class = CountedSerializer

    def get_queryset(self):
        return Author.objects.annotate(book_total=Count("books")).prefetch_related(Prefetch("books", queryset=Book.objects.filter(year=2026), to_attr="newest_books"))


class ChosenViewSet(Listing):
    def get_queryset(self):
        if self.request.user.is_anonymous:
            return Author.objects.none()
        return Author.objects.order_by("name")

    def get_serializer_class(self):
        if self.action == "retrieve":
            return CountedSerializer
        return NewestSerializer


class BookViewSet(Listing):
    queryset = Book.published.prefetch_related("reviews")
    serializer_class = BookSerializer


class RepresentedViewSet(Listing):
    queryset = Book.objects.order_by("title")
    serializer_class = RepresentedSerializer


class NarrowViewSet(Listing):
    queryset = Book.objects.only("title")  # finding: DB-PERF-001 confidence: medium
    serializer_class = WideSerializer


class DeferringViewSet(Listing):
    queryset = Book.objects.defer("summary")  # finding: DB-PERF-001
    serializer_class = WideSerializer


class WideViewSet(Listing):
    queryset = Book.objects.only("title", "summary")  # ok: all that is shown; mutate: s/"title", "summary"/"title"/
    serializer_class = WideSerializer


class ReaderViewSet(Listing):
    queryset = Book.objects.prefetch_related("reviews__reader")
    serializer_class = ReaderSerializer


class StarsView(APIView):
    def post(self, request):
        books = Book.objects.in_bulk(request.data["books"])
        shown = [StarsSerializer(book).data for book in books.values()]  # finding: DB-PERF-001 confidence: medium
        joined = [StarsSerializer(book).data for book in Book.objects.prefetch_related("reviews")]  # ok: brought along; mutate: s/objects.prefetch_related("reviews")/objects.all()/
        return Response([shown, joined])
