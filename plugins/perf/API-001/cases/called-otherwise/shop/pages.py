from flask import Flask, jsonify
from flask_sqlalchemy import SQLAlchemy

app = Flask(__name__)
db = SQLAlchemy(app)


class Entry(db.Model):
    id = db.Column(db.Integer, primary_key=True)


@app.route("/imports")
def import_history():  # finding: API-001
    return jsonify([entry.id for entry in Entry.query.all()])


@app.route("/updates")
def update_log():  # finding: API-001
    return jsonify([entry.id for entry in Entry.query.all()])
