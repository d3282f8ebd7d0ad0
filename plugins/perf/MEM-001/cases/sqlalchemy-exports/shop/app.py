import csv
import io

from flask import Flask, Response, g
from flask_sqlalchemy import SQLAlchemy

app = Flask(__name__)
db = SQLAlchemy(app)


class Payment(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    owner_id = db.Column(db.Integer)
    amount = db.Column(db.Integer)


@app.get("/payments.csv")
def export():
    rows = Payment.query.filter_by(owner_id=g.user.id).all()  # finding: MEM-001 confidence: medium
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    for row in rows:
        writer.writerow([row.id, row.amount])
    return Response(buffer.getvalue(), mimetype="text/csv")


@app.get("/chunks.csv")
def chunks():
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    for row in Payment.query.filter_by(owner_id=g.user.id).yield_per(1000):  # ok: in chunks
        writer.writerow([row.id, row.amount])
    return Response(buffer.getvalue(), mimetype="text/csv")
