from sqlalchemy.orm import Session

from shop.models import Line, Tag


class Lines:
    def __init__(self, session: Session):
        self.session = session

    def create(self, values):
        line = Line(**values)
        self.session.add(line)
        self.session.commit()
        return line

    def create_many(self, rows):
        lines = [Line(**values) for values in rows]
        self.session.add_all(lines)
        self.session.commit()
        return lines


class Tags:
    def __init__(self, session: Session):
        self.session = session

    def create(self, name):
        tag = Tag(name=name)
        self.session.add(tag)
        self.session.commit()
        return tag

    # It only looks like one for many.
    def create_many(self, names):
        for name in names:
            self.create(name)  # finding: DB-BATCH-001
