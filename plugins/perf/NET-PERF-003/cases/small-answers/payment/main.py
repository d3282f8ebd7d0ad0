from flask import Flask

app = Flask(__name__)  # finding: NET-PERF-003 confidence: low


@app.route("/health")
def health():
    return "OK"


@app.route("/pay/<id>", methods=["POST"])
def pay(id):
    return {"order": id}
