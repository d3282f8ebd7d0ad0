import graphene

from shop.models import Order, Shop


class ShopType(graphene.ObjectType):
    orders = graphene.Int()
    first = graphene.Int()

    def resolve_orders(self, info):
        return Order.objects.filter(shop_id=self.id).count()  # finding: DB-PERF-001

    def resolve_first(self, info):
        return OrdersLoader(info.context).load(self.id)  # ok: a loader; mutate: s/OrdersLoader(info.context).load(self.id)/Order.objects.filter(shop_id=self.id).first()/


class Query(graphene.ObjectType):
    shops = graphene.List(ShopType)

    def resolve_shops(self, info):
        return Shop.objects.all()[:20]  # ok: one per request
