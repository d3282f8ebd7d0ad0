from flask_caching import Cache
from flask_sqlalchemy import SQLAlchemy

db = SQLAlchemy()
cache = Cache()


@cache.memoize()
def rate_of(name):
    return Rate.query.filter_by(name=name).first()


class Rate(db.Model):
    __tablename__ = "rates"
    id = db.Column(db.Integer, primary_key=True)
    name = db.Column(db.String, unique=True)


class Shop(db.Model):
    __tablename__ = "shops"
    id = db.Column(db.Integer, primary_key=True)
    customers = db.relationship("Customer", backref="shop")

    def owed(self):
        total = 0
        for customer in self.customers:
            total += customer.owed()  # finding: DB-PERF-001
        return total


class Customer(db.Model):
    __tablename__ = "customers"
    id = db.Column(db.Integer, primary_key=True)
    name = db.Column(db.String)
    shop_id = db.Column(db.Integer, db.ForeignKey("shops.id"), index=True)

    def owed(self):
        return Order.query.filter_by(customer_id=self.id).count()

    @property
    def rate(self):
        return rate_of(self.name)

    @property
    def newest(self):
        return Order.query.filter_by(customer_id=self.id).order_by(Order.id.desc()).first()

    def shown(self, with_orders=False):
        out = {"name": self.name}
        if with_orders:
            out["orders"] = Order.query.filter_by(customer_id=self.id).count()
        return out


class Order(db.Model):
    __tablename__ = "orders"
    id = db.Column(db.Integer, primary_key=True)
    customer_id = db.Column(db.Integer, db.ForeignKey("customers.id"), index=True)
