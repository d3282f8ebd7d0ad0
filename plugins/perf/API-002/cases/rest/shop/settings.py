REST_FRAMEWORK = {
    "DEFAULT_PAGINATION_CLASS": "rest_framework.pagination.LimitOffsetPagination",  # finding: API-002
    "PAGE_SIZE": 50,
}

OTHER = {
    "DEFAULT_PAGINATION_CLASS": "shop.paging.Bounded",  # ok: a class of its own; mutate: s/shop.paging.Bounded/rest_framework.pagination.LimitOffsetPagination/
    "FALLBACK": "rest_framework.pagination.LimitOffsetPagination",
}
