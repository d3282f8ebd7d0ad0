from sqlalchemy import text
from sqlalchemy.orm import Session


def text_of(session: Session, note: int):
    return session.execute(text("SELECT body FROM note_texts WHERE note_id = :note"), {"note": note}).fetchone()


def page_of(session: Session, page: int):
    return session.execute(text("SELECT body FROM page_texts WHERE rowid = :page"), {"page": page}).fetchone()


def old_of(session: Session, note: int):
    return session.execute(text("SELECT body FROM old_texts WHERE docid = :note"), {"note": note}).fetchone()
