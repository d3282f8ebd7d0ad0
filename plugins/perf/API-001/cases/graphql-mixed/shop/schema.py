import graphene

from shop.orders import Query as OrderQuery


class ShopQuery(OrderQuery, graphene.ObjectType):
    pass


schema = graphene.Schema(query=ShopQuery)
