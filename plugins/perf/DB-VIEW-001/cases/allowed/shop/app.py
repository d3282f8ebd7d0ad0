from flask import Flask, jsonify
from databases import Database

app = Flask(__name__)
database = Database("postgres://db/shop")


@app.route("/turnover")
async def turnover():
    # perfctl: allow DB-VIEW-001 -- opened once a month
    rows = await database.fetch_all("SELECT d.name, sum(l.price) FROM orders o JOIN lines l ON l.order_id = o.id JOIN depots d ON d.id = o.depot_id GROUP BY d.name")
    return jsonify(rows)
