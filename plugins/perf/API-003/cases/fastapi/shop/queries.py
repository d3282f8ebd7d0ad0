from shop.models import Order


def page(db, page, size):
    return db.query(Order).order_by(Order.id).offset((page - 1) * size).limit(size).all()


def rows(db, offset, limit):
    found = db.query(Order).order_by(Order.id).offset(offset).limit(limit).all()
    return [order.as_dict() for order in found]


def whole(db, offset, limit):
    return {"items": rows(db, offset, limit), "total": db.query(Order).count()}


def by_age(db):
    return db.query(Order).order_by(Order.age)
