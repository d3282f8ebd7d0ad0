from sqlalchemy import create_engine, select
from sqlalchemy.orm import Session, declarative_base

Base = declarative_base()
engine = create_engine("postgresql://db/shop")


class Folder(Base):
    __tablename__ = "folders"


def path_of(session: Session, number):
    names = []
    while number:
        folder = session.get(Folder, number)  # finding: DB-PERF-001 confidence: medium
        names.append(folder.name)
        number = folder.parent_id
    return names


def tree_of(session: Session, root):
    stack, found = [root], []
    while stack:
        number = stack.pop()
        for child in session.scalars(select(Folder).where(Folder.parent_id == number)):  # finding: DB-PERF-001 confidence: medium
            found.append(child)
            stack.append(child.id)
    return found


def levels_of(session: Session, root):
    level = [root]
    while level:
        rows = session.scalars(select(Folder).where(Folder.parent_id.in_(level))).all()  # ok: one query per level
        level = [row.id for row in rows]
