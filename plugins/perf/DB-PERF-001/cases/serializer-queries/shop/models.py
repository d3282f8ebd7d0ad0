from django.db import models


class Author(models.Model):
    name = models.CharField(max_length=80)
    biography = models.TextField()

    def newest(self, year):
        return self.books.filter(year=year)


class Published(models.Manager):
    def get_queryset(self):
        return super().get_queryset().filter(year__lte=2026)


class Book(models.Model):
    author = models.ForeignKey(Author, on_delete=models.CASCADE, related_name="books")
    title = models.CharField(max_length=80)
    summary = models.TextField()
    year = models.IntegerField()

    objects = models.Manager()
    published = Published()


class Review(models.Model):
    book = models.ForeignKey(Book, on_delete=models.CASCADE, related_name="reviews")
    reader = models.ForeignKey(Author, on_delete=models.CASCADE, related_name="+")
    stars = models.IntegerField()
