from flask_sqlalchemy import SQLAlchemy

db = SQLAlchemy()


class Customer(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    name = db.Column(db.String)


class Template(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    created_by = db.Column(db.Integer)
