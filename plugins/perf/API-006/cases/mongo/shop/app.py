from flask import Flask, jsonify, request
from pymongo import MongoClient

app = Flask(__name__)
shop = MongoClient("mongodb://db").shop


@app.route("/messages")
def messages():
    page = request.args.get("page", 0, type=int)
    return jsonify(list(shop.messages.find({}).sort("_id").skip(page * 20).limit(20)))  # finding: API-006 confidence: medium


@app.route("/messages/of/<user>")
def of(user):
    page = request.args.get("page", 0, type=int)
    return jsonify(list(shop.messages.find({"user": user}).sort("_id").skip(page * 20).limit(20)))  # finding: API-006 confidence: low


@app.route("/movies")
def movies():
    page = request.args.get("page", 0, type=int)
    return jsonify(list(shop.movies.find({}).sort("_id").skip(page * 20).limit(20)))  # finding: API-006 confidence: medium


@app.route("/stories")
def stories():
    page = request.args.get("page", 0, type=int)
    return jsonify(list(shop.stories.find({}).sort("_id").skip(page * 20).limit(20)))  # finding: API-006 confidence: medium


@app.route("/taxes")
def taxes():
    page = request.args.get("page", 0, type=int)
    return jsonify(list(shop.taxes.find({}).sort("_id").skip(page * 20).limit(20)))  # ok: there are few taxes; mutate: s/shop.taxes/shop.faxes/
