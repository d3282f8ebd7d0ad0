from sqlalchemy import select
from sqlalchemy.orm import Session

from shop.models import Order


class Orders:
    def __init__(self, session: Session):
        self.session = session

    def find(self, number):
        return self.session.scalars(select(Order).where(Order.number == number)).one_or_none()

    def update(self, number, values):
        order = self.find(number)
        order.take(values)
        self.session.commit()

    def delete(self, number):
        order = self.find(number)
        self.session.delete(order)
        self.session.commit()

    def create(self, values):
        self.session.add(Order(**values))
        self.session.commit()
