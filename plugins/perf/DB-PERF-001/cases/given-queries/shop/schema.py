import graphene
from graphene_django import DjangoObjectType

from shop.models import Line, Order


class LineType(DjangoObjectType):
    class Meta:
        model = Line


class OrderType(DjangoObjectType):
    lines = graphene.List(LineType)

    class Meta:
        model = Order

    def resolve_lines(self, info):
        return Line.objects.filter(order=self)  # finding: DB-PERF-001


class Query(graphene.ObjectType):
    orders = graphene.List(OrderType)

    def resolve_orders(self, info):
        return Order.objects.all()  # ok: asked once
