from rest_framework import serializers

from shop.models import Author, Book, Review


class CountingSerializer(serializers.ModelSerializer):
    stars = serializers.SerializerMethodField()
    book_count = serializers.SerializerMethodField()

    class Meta:
        model = Author
        fields = ["id", "stars", "book_count"]

    def get_stars(self, author):
        return Review.objects.filter(book__author=author).count()  # finding: DB-PERF-001 confidence: medium

    def get_book_count(self, author):
        return author.books.count()  # finding: DB-PERF-001


class CountedSerializer(serializers.ModelSerializer):
    book_count = serializers.SerializerMethodField()
    newest = serializers.SerializerMethodField()

    class Meta:
        model = Author
        fields = ["id", "book_count", "newest"]

    def get_book_count(self, author):
        try:
            return author.book_total
        except AttributeError:
            return author.books.count()  # ok: the list annotates it; mutate: shop/views.py s/book_total=Count/total=Count/

    def get_newest(self, author):
        if hasattr(author, "newest_books"):
            return [book.title for book in author.newest_books]
        return [book.title for book in author.books.all()]  # ok: brought along under another name; mutate: shop/views.py s/to_attr="newest_books"/to_attr="books_found"/


class NewestSerializer(serializers.ModelSerializer):
    newest = serializers.SerializerMethodField()

    class Meta:
        model = Author
        fields = ["id", "newest"]

    def get_newest(self, author):
        return [book.title for book in author.newest(2026)]  # finding: DB-PERF-001


class ReviewSerializer(serializers.ModelSerializer):
    by = serializers.SerializerMethodField()

    class Meta:
        model = Review
        fields = ["stars", "by"]

    def get_by(self, review):
        return review.reader.name  # finding: DB-PERF-001


class BookSerializer(serializers.ModelSerializer):
    reviews = ReviewSerializer(many=True, read_only=True)

    class Meta:
        model = Book
        fields = ["id", "title", "reviews"]


class RepresentedSerializer(serializers.ModelSerializer):
    class Meta:
        model = Book
        fields = ["id"]

    def to_representation(self, instance):
        shown = super().to_representation(instance)
        shown["by"] = instance.author.name  # finding: DB-PERF-001
        return shown


class WideSerializer(serializers.ModelSerializer):
    class Meta:
        model = Book
        fields = ["id", "title", "summary"]


class StarsSerializer(serializers.ModelSerializer):
    stars = serializers.SerializerMethodField()

    class Meta:
        model = Book
        fields = ["id", "stars"]

    def get_stars(self, book):
        return [review.stars for review in book.reviews.all()]


class ReaderSerializer(serializers.ModelSerializer):
    readers = serializers.SerializerMethodField()

    class Meta:
        model = Book
        fields = ["id", "readers"]

    def get_readers(self, book):
        return [review.reader.name for review in book.reviews.all()]  # ok: both are brought along; mutate: shop/views.py s/"reviews__reader"/"reviews"/
