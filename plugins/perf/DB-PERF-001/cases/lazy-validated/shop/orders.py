from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from shop.models import Order
from shop.shapes import OrderLine, OrderOut


class Orders:
    def __init__(self, session: Session):
        self.session = session

    def all(self, newest):
        statement = select(Order).order_by(Order.id)
        if newest:
            statement = statement.where(Order.id > newest)
        return [OrderOut.model_validate(order) for order in self.session.execute(statement).unique().scalars().all()]  # finding: DB-PERF-001

    def lines(self):
        # ok: the shape shows the order alone; mutate: s/[OrderLine.model_validate/[OrderOut.model_validate/
        return [OrderLine.model_validate(order) for order in self.session.scalars(select(Order))]

    def joined(self):
        found = self.session.scalars(select(Order).options(joinedload(Order.customer)))
        all = []
        for order in found:  # ok: the customers come along; mutate: s/.options(joinedload(Order.customer))//
            all.append(OrderOut.model_validate(order))
        return all
