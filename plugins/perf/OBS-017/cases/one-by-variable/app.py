from flask import Flask
from prometheus_client import generate_latest

app = Flask(__name__)


@app.route("/metrics")
def metrics():
    return generate_latest()
