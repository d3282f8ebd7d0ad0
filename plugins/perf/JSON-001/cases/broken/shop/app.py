from flask import Flask

app = Flask(__name__)
app.json.compact = False  # finding: JSON-001


@app.route("/broken"
