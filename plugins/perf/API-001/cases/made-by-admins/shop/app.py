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


class Page(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    route = db.Column(db.String(128), unique=True)
    text = db.Column(db.Text)


class Notification(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    kind = db.Column(db.String(80))
    text = db.Column(db.Text)


class Visit(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    route = db.Column(db.Text)


@app.get("/pages")
@admins_only
def pages():  # finding: API-001 confidence: low -- the pages of the site itself
    return {"pages": [page.text for page in Page.query.all()]}


@app.post("/pages")
@admins_only
def add_page():
    db.session.add(Page(route=request.json["route"], text=request.json["text"]))
    db.session.commit()
    return {}


@app.post("/setup")
def setup():
    db.session.add(Page(route="index", text=request.json["title"]))
    db.session.commit()
    return {}


@app.get("/page/<route>")
def shown(route):
    row = db.session.execute(Page.__table__.select().where(Page.route == route)).fetchone()
    db.session.add(Visit(route=route))
    db.session.commit()
    return {"text": Page(**row).text}


@app.get("/notifications")
def notifications():  # finding: API-001 confidence: medium
    return {"notifications": [one.text for one in Notification.query.all()]}


@app.post("/notifications")
@admins_only
def notify():
    db.session.add(Notification(kind="news", text=request.json["text"]))
    db.session.commit()
    return {}


@app.post("/praise")
def praise():
    db.session.add(Notification(kind="praise", text=request.json["text"]))
    db.session.commit()
    return {}


class Hint(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    text = db.Column(db.Text)


def load_hints(texts):
    for text in texts:
        db.session.add(Hint(text=text))
    db.session.commit()


@app.get("/hints")
def hints():  # finding: API-001 confidence: low -- an import that administrators begin
    return {"hints": [one.text for one in Hint.query.all()]}


@app.post("/hints")
@admins_only
def import_hints():
    load_hints(request.json["texts"])
    return {}


class Tip(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    text = db.Column(db.Text)


def load_tips(texts):
    for text in texts:
        db.session.add(Tip(text=text))
    db.session.commit()


@app.get("/tips")
def tips():  # finding: API-001 confidence: medium
    return {"tips": [one.text for one in Tip.query.all()]}


@app.post("/tips")
@admins_only
def import_tips():
    load_tips(request.json["texts"])
    return {}


@app.post("/tips/of-others")
@members_only
def import_tips_of_others():
    load_tips(request.json["texts"])
    return {}


class Offer(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    text = db.Column(db.Text)


@app.get("/offers")
def offers():  # finding: API-001 confidence: medium
    return {"offers": [one.text for one in Offer.query.all()]}


@app.post("/offers")
@admins_only
def add_offer():
    db.session.add(Offer(text=request.json["text"]))
    db.session.commit()
    return {}


@app.post("/offers/of-others")
@members_only
def add_offer_of_others():
    sent = request.json
    offer = Offer(**sent)
    db.session.add(offer)
    db.session.commit()
    return {}


class Pledge(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    name = db.Column(db.Text)


class Gift(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    pledge_id = db.Column(db.ForeignKey("pledge.id"))


@app.get("/pledges")
def pledges():  # finding: API-001 confidence: medium -- says whose rows, though `query` names none
    query = Pledge.query.order_by(Pledge.id.asc())
    found = query.all()
    return {"pledges": [one.name for one in found]}


@app.get("/gifts")
def gifts():  # finding: API-001 confidence: medium -- a column of a statement, and one of a class
    totals = db.session.query(Gift.pledge_id, db.func.count(Gift.id).label("number")).group_by(Gift.pledge_id).subquery()
    rows = db.session.query(totals.c.number, Pledge.name).join(Pledge, totals.c.pledge_id == Pledge.id).all()
    return {"gifts": [[name, number] for number, name in rows]}
