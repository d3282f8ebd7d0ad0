from rest_framework import serializers

from shop.models import Author, Book


class AuthorSerializer(serializers.ModelSerializer):
    class Meta:
        model = Author
        fields = ["id", "name"]


class NestedSerializer(serializers.ModelSerializer):
    author = AuthorSerializer()

    class Meta:
        model = Book
        fields = ["id", "author"]


class NamedSerializer(serializers.ModelSerializer):
    by = serializers.CharField(source="author.name", read_only=True)

    class Meta:
        model = Book
        fields = ["id", "by"]


class MethodSerializer(serializers.ModelSerializer):
    by = serializers.SerializerMethodField()

    class Meta:
        model = Book
        fields = ["id", "by"]

    def get_by(self, book):
        return book.author.name  # finding: DB-PERF-001 confidence: medium


class TagsSerializer(serializers.ModelSerializer):
    class Meta:
        model = Book
        fields = ["id", "author", "tags"]


class KeySerializer(serializers.ModelSerializer):
    class Meta:
        model = Book
        fields = ["id", "author", "title"]
