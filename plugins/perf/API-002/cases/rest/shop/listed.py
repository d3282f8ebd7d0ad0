from rest_framework import generics
from rest_framework.pagination import LimitOffsetPagination

from shop.paging import Bounded


class Orders(generics.ListAPIView):
    pagination_class = LimitOffsetPagination  # finding: API-002


class Invoices(generics.ListAPIView):
    pagination_class = Bounded  # ok: has a ceiling; mutate: s/Bounded/LimitOffsetPagination/
