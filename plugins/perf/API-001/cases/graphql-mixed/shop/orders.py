import graphene
from graphene_django.types import DjangoObjectType

from shop.models import Order


class OrderType(DjangoObjectType):
    class Meta:
        model = Order


class Query(object):
    all_orders = graphene.List(OrderType)
    newest_orders = graphene.List(OrderType)

    def resolve_all_orders(self, info):  # finding: API-001
        return Order.objects.all()

    def resolve_newest_orders(self, info):  # ok: a page; mutate: s/[:20]//
        return Order.objects.order_by("-id")[:20]
