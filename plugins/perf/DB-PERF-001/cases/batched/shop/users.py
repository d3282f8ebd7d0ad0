from flask import Flask
from flask_sqlalchemy import SQLAlchemy

app = Flask(__name__)
db = SQLAlchemy(app)


class User(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    name = db.Column(db.String)


@app.get("/users/<team>")
def users(team):
    found = []
    ids = sorted(members(team))
    for user_id in ids:
        # finding: DB-PERF-001
        found.append(User.query.filter(User.id == user_id).first())
    return [user.name for user in found if user]
