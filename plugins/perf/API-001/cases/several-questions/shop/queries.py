from shop.models import Order


def all_orders(db):
    return db.query(Order).order_by(Order.id)
