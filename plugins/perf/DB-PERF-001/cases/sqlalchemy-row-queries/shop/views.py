from flask import Flask, jsonify

from shop.models import Customer, Shop

app = Flask(__name__)


@app.route("/customers")
def customers():
    found = Customer.query.order_by(Customer.id).all()
    return jsonify([{"name": customer.name, "newest": customer.newest.id} for customer in found])  # finding: DB-PERF-001


@app.route("/rates")
def rates():
    found = Customer.query.order_by(Customer.id).all()
    # ok: what is read is kept; mutate: shop/models.py s/@cache.memoize()//
    return jsonify([customer.rate for customer in found])


@app.route("/shops/<int:number>")
def shop(number):
    shop = Shop.query.get_or_404(number)
    names = []
    for customer in shop.customers:
        names.append(customer.shown())  # ok: nobody wants the orders; mutate: shop/models.py s/if with_orders:/with out:/
    return jsonify(names, shop.owed())
