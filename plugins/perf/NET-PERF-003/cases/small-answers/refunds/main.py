from flask import Flask

app = Flask(__name__)  # finding: NET-PERF-003 confidence: high


@app.route("/refunds")
def refunds():
    return [{"id": id} for id in range(500)]


@app.route("/refunds/<id>", methods=["POST"])
def refund(id):
    return {"refund": id}
