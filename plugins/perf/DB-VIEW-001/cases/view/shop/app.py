from flask import Flask, jsonify
from databases import Database

app = Flask(__name__)
database = Database("postgres://db/shop")


@app.route("/turnover")
async def turnover():
    # ok: a view keeps the sums of orders; mutate: migrations/1.sql s/CREATE MATERIALIZED/CREATE/
    rows = await database.fetch_all("SELECT d.name, sum(l.price) FROM orders o JOIN lines l ON l.order_id = o.id JOIN depots d ON d.id = o.depot_id GROUP BY d.name")
    return jsonify(rows)
