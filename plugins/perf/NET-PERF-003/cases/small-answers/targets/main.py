from flask import Flask
from targets import TARGETS

app = Flask(__name__)  # finding: NET-PERF-003 confidence: high


@app.route("/targets/<id>", methods=TARGETS)
def target(id):
    return {"target": id}
