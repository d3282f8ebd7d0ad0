from flask import Blueprint, jsonify, request

from shop import store

api = Blueprint("parcels", __name__)


@api.get("/parcels")
def every():
    # finding: DB-PERF-001 confidence: medium
    return jsonify([parcel.serialize() for parcel in store.parcels()])


@api.get("/parcels/any")
def any_of_them():
    found = store.parcels_or_one(request.args.get("number"))
    # finding: DB-PERF-001 confidence: medium
    return jsonify([one.serialize() for one in found] if isinstance(found, list) else found.serialize())


@api.get("/parcels/keys")
def keys():
    return jsonify([parcel.to_dict() for parcel in store.parcels()])  # ok: shows columns only; mutate: s/to_dict/serialize/


@api.get("/parcels/brought")
def brought():
    return jsonify([parcel.serialize() for parcel in store.parcels_with_depots()])  # ok: the query joins the depots; mutate: s/_with_depots//


@api.get("/depots/<int:depot>/parcels")
def of_depot(depot):
    return jsonify([parcel.serialize() for parcel in store.parcels_of(depot)])  # ok: all have one depot between them


@api.get("/parcels/new")
def new():
    return jsonify([parcel.serialize() for parcel in store.parcels_without_depot()])  # ok: there is no depot to load; mutate: s/_without_depot//


@api.get("/parcels/page")
def page():
    found = store.page_of_parcels(request.args.getlist("state"), 200)
    # finding: DB-PERF-001 confidence: medium
    return jsonify([parcel.serialize() for parcel in found.items])


@api.get("/parcels/page/brought")
def page_brought():
    found = store.page_with_depots(200)
    return jsonify([parcel.serialize() for parcel in found.items])  # ok: a function joins the depots
