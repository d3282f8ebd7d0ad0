from flask import Flask, jsonify
from werkzeug.exceptions import TooManyRequests

app = Flask(__name__)


@app.post("/orders")
def order():
    return jsonify(error="slow down"), 429  # finding: SVC-003


@app.post("/returns")
def give_back():
    raise TooManyRequests("slow down")  # finding: SVC-003


@app.post("/carts")
def cart():
    return jsonify(error="slow down"), 400  # ok: another status; mutate: s/400/429/


@app.post("/wishes")
def wish():
    # finding: SVC-003
    return jsonify({
        "error": "slow down",
    }), 429
