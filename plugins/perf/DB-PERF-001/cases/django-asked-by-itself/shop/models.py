from django.db import models
from django.utils.functional import cached_property


class Maker(models.Model):
    slug = models.CharField(max_length=20)


class Article(models.Model):
    maker = models.ForeignKey(Maker, on_delete=models.CASCADE)
    code = models.CharField(max_length=20)

    def get_absolute_url(self):
        return f"/{self.maker.slug}/{self.code}/"

    @property
    def twins(self):
        return Article.objects.filter(code=self.code).exclude(pk=self.pk)

    @cached_property
    def number_of_offers(self):
        return Offer.objects.filter(code=self.code).count()

    @property
    def label(self):
        return self.code.upper()


class Offer(models.Model):
    code = models.CharField(max_length=20)
    article = models.ForeignKey(Article, on_delete=models.CASCADE)

    def __str__(self):
        return self.article.code
