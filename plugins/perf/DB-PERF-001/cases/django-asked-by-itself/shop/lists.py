from shop.models import Article


def twins():
    articles = list(Article.objects.all())
    # finding: DB-PERF-001
    return [article for article in articles if any(twin.code for twin in article.twins)]


def offers():
    for article in Article.objects.filter(code__gt=""):
        print(article.number_of_offers)  # finding: DB-PERF-001


def labels():
    for article in Article.objects.filter(code__lt="m"):
        print(article.label)  # ok: asks nothing; mutate: s/article.label/article.number_of_offers/


def queries():
    # ok: the queries are only handed on; mutate: s/article.twins for/list(article.twins) for/
    return [article.twins for article in Article.objects.exclude(code="")]
