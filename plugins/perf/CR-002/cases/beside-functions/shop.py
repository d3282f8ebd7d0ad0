from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import text

app = Flask("shop")
db = SQLAlchemy(app)


@app.route("/_status")
def show_status():
    return str(db.session.execute(text("SELECT 1")).scalar())  # finding: CR-002 confidence: medium


def on_event(event, context):
    return {"statusCode": 200}
