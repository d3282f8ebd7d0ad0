from flask import Flask, jsonify, request
from flask_sqlalchemy import SQLAlchemy

app = Flask(__name__)
db = SQLAlchemy(app)


class Event(db.Model):
    id = db.Column(db.Integer, primary_key=True)


@app.route("/events")
def events():
    query = Event.query.order_by(Event.id.desc())
    found = query.offset(request.args.get("offset", 0, type=int)).limit(20)  # finding: API-006 confidence: medium
    return jsonify([event.id for event in found])
