from shop.models import Order


def page(db, skip):
    return db.query(Order).order_by(Order.id).offset(skip).limit(20).all()


