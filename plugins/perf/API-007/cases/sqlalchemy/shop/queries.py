from shop.models import Order


def total(db):
    return db.query(Order).count()  # finding: API-007 confidence: medium


def page(db, skip):
    return db.query(Order).order_by(Order.id).offset(skip).limit(20).all()
