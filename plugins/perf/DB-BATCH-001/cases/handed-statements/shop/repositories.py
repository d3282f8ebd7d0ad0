from sqlalchemy import Column, Integer, String, delete, select
from sqlalchemy.orm import Session, declarative_base

Base = declarative_base()


class Line(Base):
    __tablename__ = "lines"
    id = Column(Integer, primary_key=True)
    number = Column(String)
    shop = Column(Integer)


class Lines:
    def __init__(self, session: Session):
        self.session = session

    def _execute(self, statement):
        result = self.session.execute(statement)
        self.session.commit()
        return result

    def drop_of_shop(self, number, shop):
        statement = delete(Line).where(Line.number == number, Line.shop == shop)
        self._execute(statement)

    def of_shop(self, number, shop):
        statement = select(Line).where(Line.number == number, Line.shop == shop)
        return self._execute(statement).scalars().all()


def drop_all(session: Session, numbers, shop):
    lines = Lines(session)
    for number in numbers:
        lines.drop_of_shop(number, shop)  # finding: DB-BATCH-001


def drop_one(session: Session, numbers, shop):
    lines = Lines(session)
    lines.drop_of_shop(numbers[0], shop)  # ok: once
