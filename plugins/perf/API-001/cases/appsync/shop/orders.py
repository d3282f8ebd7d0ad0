from aws_lambda_powertools.event_handler import AppSyncResolver
from aws_lambda_powertools.event_handler.appsync import Router

from shop.models import Line, Order, Session

app = AppSyncResolver()
router = Router()


@app.resolver(type_name="Query", field_name="listOrders")
def orders():  # finding: API-001
    return Session().query(Order).all()


@router.resolver(field_name="listLines")
def lines(after: str):  # finding: API-001
    return Session().query(Line).all()


@router.resolver(field_name="newestLines")
def newest():  # ok: a page; mutate: s/.limit(20)//
    return Session().query(Line).order_by(Line.id).limit(20).all()
