from shop.models import Order


def recent(db):
    return db.query(Order).order_by(Order.id.desc()).limit(20).all()
