from django.contrib.sitemaps import Sitemap
from django.contrib.syndication.views import Feed

from shop.models import Article, Offer


class ArticleSitemap(Sitemap):
    def items(self):
        return Article.objects.all()  # finding: DB-PERF-001


class JoinedSitemap(Sitemap):
    def items(self):
        return Article.objects.select_related("maker")  # ok: joined; mutate: s/.select_related("maker")/.all()/


class PlacedSitemap(Sitemap):
    def items(self):
        return Article.objects.order_by("code")  # ok: the class says where each is; mutate: s/article.code/article.maker.slug/

    def location(self, article):
        return "/articles/" + article.code


class OfferFeed(Feed):
    def items(self):
        return Offer.objects.all()  # finding: DB-PERF-001

    def item_link(self, offer):
        return "/offers/" + offer.code
