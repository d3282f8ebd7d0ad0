from flask import Flask, jsonify, render_template, request

from shop.forms import OrderForm
from shop.models import Customer, CustomerGroup, PluginRegistry, SettingsGroup, db

app = Flask(__name__)


@app.route("/plugins")
def added():  # ok: somebody installs each of them; mutate: s/PluginRegistry.query/Customer.query/
    return render_template("plugins.html", plugins=PluginRegistry.query.all())


@app.route("/sections")
def sections():  # ok: sorts settings, of which there are few; mutate: s/SettingsGroup.query/CustomerGroup.query/
    return render_template("sections.html", groups=SettingsGroup.query.all())


@app.route("/order")
def order():  # ok: what may be chosen in a field of the form; mutate: s/form.customer.query = known/form.customer = known.all()/
    form = OrderForm()
    known = Customer.query.filter(Customer.name != "")
    form.customer.query = known
    return render_template("order.html", form=form)


# The way that is bounded is the handler's own.
@app.route("/customers")
def customers():
    word = request.args.get("word")
    if word:
        return found(word)
    page = Customer.query.paginate(per_page=20)
    return jsonify([customer.name for customer in page.items])


def found(word):  # finding: API-001 confidence: medium
    rows = Customer.query.filter(Customer.name != "").order_by(Customer.name).all()
    return jsonify([row.name for row in rows])
