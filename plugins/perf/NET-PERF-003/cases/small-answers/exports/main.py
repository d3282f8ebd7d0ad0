from flask import Flask

from exports.ways import WAYS

app = Flask(__name__)  # finding: NET-PERF-003 confidence: high


@app.route("/exports", methods=WAYS)
def exports():
    return [{"id": id} for id in range(500)]


@app.route("/exports/<id>", methods=["POST"])
def export(id):
    return {"export": id}
