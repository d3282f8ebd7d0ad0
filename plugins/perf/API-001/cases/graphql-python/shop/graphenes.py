import graphene

from shop.models import Order, Session


class Query(graphene.ObjectType):
    orders = graphene.List(graphene.String)

    def resolve_orders(self, info):  # finding: API-001
        session = Session()
        return session.query(Order).all()
