from rest_framework.pagination import PageNumberPagination


class Pages(PageNumberPagination):
    page_size = 20


class Paged:
    pagination_class = Pages
