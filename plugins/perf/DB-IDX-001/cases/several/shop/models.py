from flask_sqlalchemy import SQLAlchemy

db = SQLAlchemy()


class Order(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    customer_id = db.Column(db.Integer, db.ForeignKey("customer.id"))  # finding: DB-IDX-001 confidence: medium
    shop_id = db.Column(db.Integer, db.ForeignKey("shop.id"), index=True)  # ok: declared at the column


def orders_of(customer, shop):
    Order.query.filter_by(shop_id=shop).all()
    return Order.query.filter_by(customer_id=customer).all()
