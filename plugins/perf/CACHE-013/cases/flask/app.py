import json

from flask import Flask, jsonify

app = Flask(__name__)
with open("rates.json") as file:
    RATES = json.load(file)


@app.get("/rates")
def rates():
    return jsonify(RATES)  # finding: CACHE-013
