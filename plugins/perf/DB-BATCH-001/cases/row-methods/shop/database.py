from flask_sqlalchemy import SQLAlchemy

db = SQLAlchemy()


class Stored:
    @classmethod
    def all_of(cls, *conditions) -> list:
        return list(db.session.execute(db.select(cls).where(*conditions)).scalars())

    def save(self):
        db.session.add(self)
        db.session.commit()
        return self

    def mark(self):
        self.state = "marked"
        db.session.add(self)

    def remove(self):
        db.session.delete(self)
        return self.done()

    def done(self):
        db.session.commit()
