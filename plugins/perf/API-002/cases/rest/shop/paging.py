from rest_framework.pagination import LimitOffsetPagination, PageNumberPagination


class OrderPages(PageNumberPagination):  # finding: API-002 confidence: high
    page_size = 20
    page_size_query_param = "page_size"


class SmallPages(PageNumberPagination):  # ok: has a ceiling; mutate: s/max_page_size = 100/max_size = 100/
    page_size = 20
    page_size_query_param = "page_size"
    max_page_size = 100


class FixedPages(PageNumberPagination):  # ok: the caller cannot choose; mutate: s/size_param = None/page_size_query_param = "size"/
    page_size = 30
    size_param = None


class Windows(LimitOffsetPagination):  # finding: API-002
    default_limit = 20


class Bounded(LimitOffsetPagination):  # ok: has a ceiling; mutate: s/max_limit = 200/limit = 200/
    default_limit = 20
    max_limit = 200
