from ariadne import MutationType, QueryType

from shop.models import Order, Session

query = QueryType()
mutation = MutationType()


@query.field("orders")
def resolve_orders(_, info):  # finding: API-001
    session = Session()
    return session.query(Order).all()


@query.field("newest")
def resolve_newest(_, info):  # ok: a page; mutate: s/.limit(20)//
    session = Session()
    return session.query(Order).limit(20).all()


@mutation.field("close_all")
def resolve_close_all(_, info):  # ok: a change
    session = Session()
    return session.query(Order).all()
