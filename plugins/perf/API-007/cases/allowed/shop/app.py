from flask import Flask, request
from flask_sqlalchemy import SQLAlchemy

app = Flask(__name__)
db = SQLAlchemy(app)


class Invoice(db.Model):
    id = db.Column(db.Integer, primary_key=True)


@app.route("/invoices")
def invoices():
    page = request.args.get("page", 1, type=int)
    # perfctl: allow API-007 -- a hundred invoices a year
    found = db.paginate(db.select(Invoice), page=page)
    return {"total": found.total}
