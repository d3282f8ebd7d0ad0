from flask import Flask, request
from sqlalchemy.orm import joinedload

from shop.database import db
from shop.models import Customer, Parcel, Shipment
from shop.pages import show

app = Flask(__name__)


@app.route("/parcels")
def parcels():
    pairs = db.session.execute(db.select(Parcel, Shipment).join(Shipment, Parcel.shipment_id == Shipment.id)).all()  # finding: DB-PERF-001 confidence: medium
    return show("pairs.html", pairs=pairs)


@app.route("/parcels/paged")
def paged():
    # ok: nobody reads more than the parcel; mutate: shop/templates/plain.html s/parcel.label/parcel.shipment.id/
    return show("plain.html", parcels=Parcel.newest())


@app.route("/parcels/customers")
def customers():
    newest = Parcel.newest()  # finding: DB-PERF-001 confidence: medium
    return show("customers.html", parcels=newest)


@app.route("/parcels/countries")
def countries():
    parcels = db.paginate(db.select(Parcel).options(joinedload(Parcel.customer).joinedload(Customer.country)), page=1)
    # ok: the country comes with the customer; mutate: s/db.select(Parcel).options(joinedload(Parcel.customer).joinedload(Customer.country))/db.select(Parcel)/
    return show("customers.html", parcels=parcels.items)


@app.route("/customers/<name>")
def of_customer(name):
    customer = Customer.find_or_404(name=name)
    parcels = customer.parcels(request.args.get("page", 1, type=int))  # finding: DB-PERF-001 confidence: medium
    return show("shipped.html", parcels=parcels)


@app.route("/parcels/lands")
def lands():
    # ok: so it does here; mutate: s/joinedload(Parcel.customer).options(joinedload(Customer.country))/joinedload(Parcel.customer)/
    return show("customers.html", parcels=Parcel.query.options(joinedload(Parcel.customer).options(joinedload(Customer.country))).all())


@app.route("/scans")
def scans():
    parcels = db.session.scalars(db.select(Parcel)).all()  # finding: DB-PERF-001 confidence: medium
    return show("scans.html", parcels=parcels)
