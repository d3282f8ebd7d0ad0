from flask_sqlalchemy import SQLAlchemy

db = SQLAlchemy()


class Finders:
    @classmethod
    def find_by(cls, **values):
        return db.session.execute(db.select(cls).filter_by(**values)).scalar_one_or_none()

    @classmethod
    def find_or_404(cls, **values):
        row = cls.find_by(**values)
        if row is None:
            raise LookupError
        return row

    @classmethod
    def newest(cls):
        return db.session.execute(db.select(cls).order_by(cls.id.desc())).scalars().all()
