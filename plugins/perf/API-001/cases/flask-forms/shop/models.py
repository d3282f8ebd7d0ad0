from flask_sqlalchemy import SQLAlchemy

db = SQLAlchemy()


class Customer(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    name = db.Column(db.String)


class PluginRegistry(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    name = db.Column(db.String)


class SettingsGroup(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    name = db.Column(db.String)


class CustomerGroup(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    name = db.Column(db.String)
