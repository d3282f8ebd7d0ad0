from shop.models import Order

OPEN = []


def ordered(db):
    return db.query(Order).order_by(Order.id.desc())


def count(db):
    return db.query(Order).count()


def finish(db):
    db.flush()
    db.close()


def remember(db):
    OPEN.append(db)


def walk(db):
    for order in db.query(Order).yield_per(100):
        yield order


class Orders:
    def __init__(self, db):
        self.db = db

    def count(self):
        return self.db.query(Order).count()
