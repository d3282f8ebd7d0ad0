from flask_sqlalchemy import SQLAlchemy

db = SQLAlchemy()


class Depot(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    name = db.Column(db.String)


class Parcel(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    depot_id = db.Column(db.ForeignKey("depot.id"), nullable=True)
    depot = db.relationship("Depot")
    state = db.Column(db.String)

    def serialize(self):
        return {"id": self.id, "depot": self.depot.name if self.depot else None}

    def to_dict(self):
        return {"id": self.id, "depot": self.depot_id}
