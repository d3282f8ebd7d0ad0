from flask_sqlalchemy import SQLAlchemy

db = SQLAlchemy()


class Article(db.Model):
    id = db.Column(db.Integer, primary_key=True)
    fans = db.relationship("User", lazy="dynamic")
    authors = db.relationship("User")

    def popularity(self):
        return len(self.fans.all())  # finding: DB-AGG-001

    def team(self):
        return len(self.authors)  # ok: loaded with the row, or once
