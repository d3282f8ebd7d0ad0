from flask import Flask
from sqlalchemy.orm import Session

from shop.models import Transaction

app = Flask(__name__)
session = Session()


@app.get("/accounts/<int:number>")
def of_account(number):
    rows = session.query(Transaction).filter(Transaction.account_id == number).order_by(Transaction.created_at.desc()).limit(50).all()  # finding: DB-IDX-003 confidence: medium
    return {"rows": [row.id for row in rows]}


@app.get("/projects/<int:number>")
def of_project(number):
    # ok: one index holds both; mutate: shop/models.py s/"project_id", "created_at"/"project_id"/
    rows = session.query(Transaction).filter(Transaction.project_id == number).order_by(Transaction.created_at.desc()).limit(50).all()
    return {"rows": [row.id for row in rows]}


@app.get("/shops/<int:number>")
def of_shop(number):
    # ok: one index behind the class holds both; mutate: shop/models.py s/Transaction.shop_id, Transaction.created_at/Transaction.shop_id/
    rows = session.query(Transaction).filter(Transaction.shop_id == number).order_by(Transaction.created_at.desc()).limit(50).all()
    return {"rows": [row.id for row in rows]}
