from flask import Flask, render_template, session

from shop.models import Shop, User
from shop.schemas import BuyerSchema, OrderSchema

app = Flask(__name__)


def current_user():
    if session.get("id"):
        return User.query.filter_by(id=session["id"]).first()
    return None


def current_shop():
    user = current_user()
    return user.shop


@app.route("/me/orders")
def mine():
    user = current_user()
    orders = user.open_orders(closed=True)
    return OrderSchema(many=True).dump(orders)  # finding: DB-PERF-001


@app.route("/shop/orders")
def of_shop():
    shop = current_shop()
    orders = shop.orders()
    schema = OrderSchema(many=True)
    return schema.dump(orders)  # finding: DB-PERF-001


@app.route("/shop/buyers")
def buyers_of_shop():
    shop = current_shop()
    orders = shop.orders()
    # ok: the buyers are the members, who are at hand; mutate: shop/models.py s/Order.buyer_id.in_(members)/Order.id > 0/
    return BuyerSchema(many=True).dump(orders)


@app.route("/me/buyers")
def my_buyers():
    user = current_user()
    # ok: all orders are those of one buyer; mutate: shop/models.py s/filter_by(buyer_id=self.id)/filter_by()/
    return BuyerSchema(many=True).dump(user.open_orders())


@app.route("/admin/users/<int:number>")
def user(number):
    user = User.query.filter_by(id=number).first_or_404()
    orders = user.open_orders()  # finding: DB-PERF-001
    return render_template("office/users/user.html", orders=orders)


@app.route("/shops/<int:number>")
def shop(number):
    shop = Shop.query.get_or_404(number)
    orders = shop.orders()  # ok: no theme shows more than the order; mutate: shop/themes/plain/templates/shop.html s/order.id/order.product.name/
    return render_template("shop.html", orders=orders)
