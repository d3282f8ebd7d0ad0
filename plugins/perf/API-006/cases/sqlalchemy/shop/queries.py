from shop.models import Order


def page(db, skip):
    return db.query(Order).order_by(Order.id).offset(skip).limit(20).all()  # finding: API-006 confidence: medium


def unused(db, skip):
    return db.query(Order).offset(skip).limit(20).all()  # ok: no request gets here


def clamp(limit):
    return min(limit, 100)


def seen_by(db):
    return db.query(Order).filter(Order.owner_id == db.info["user"])
