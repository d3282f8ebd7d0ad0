from flask import Flask, request
from flask_sqlalchemy import SQLAlchemy

from shop.guards import admins_only, members_only

app = Flask(__name__)
db = SQLAlchemy(app)


class Banner(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    text = db.Column(db.String(80))


class Wish(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    text = db.Column(db.String(80))


class Product(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    text = db.Column(db.String(80))


@app.get("/banners")
def banners():  # finding: API-001 confidence: low
    return {"banners": [banner.text for banner in Banner.query.all()]}


@app.post("/banners")
@admins_only
def add_banner():
    db.session.add(Banner(text=request.json["text"]))
    db.session.commit()
    return {}


@app.get("/wishes")
@admins_only
def wishes():  # finding: API-001 confidence: medium
    return {"wishes": [wish.text for wish in Wish.query.all()]}


@app.post("/wishes")
@members_only
def add_wish():
    db.session.add(Wish(text=request.json["text"]))
    db.session.commit()
    return {}


@app.post("/wishes/of-others")
@admins_only
def add_wish_of_others():
    db.session.add(Wish(text=request.json["text"]))
    db.session.commit()
    return {}


@app.get("/products")
def products():  # finding: API-001 confidence: medium
    return {"products": [product.text for product in Product.query.all()]}


@app.post("/products")
@admins_only
def add_product():
    db.session.add(Product(text=request.json["text"]))
    db.session.commit()
    return {}
