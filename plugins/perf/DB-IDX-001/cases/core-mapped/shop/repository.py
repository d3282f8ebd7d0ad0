from sqlalchemy import select

from shop.model import Line


class Lines:
    def __init__(self, session):
        self.session = session

    def of_batch(self, batch):
        return self.session.query(Line).filter(Line.batch_id == batch).all()

    def of_order(self, order):
        return self.session.query(Line).filter_by(order_id=order).all()

    def of_clerk(self, clerk):
        return self.session.scalars(select(Line).where(Line.id == clerk)).all()
