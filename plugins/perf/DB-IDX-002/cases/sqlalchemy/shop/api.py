from fastapi import APIRouter, Depends
from sqlalchemy import select
from sqlalchemy.orm import Session

from shop.models import Message

router = APIRouter()


def latest_of(session: Session, since):
    statement = select(Message).where(Message.sent_at >= since)
    return session.scalars(statement).all()


@router.get("/messages")
def messages(offset: int, session: Session = Depends()):
    return session.query(Message).order_by(Message.created_at.desc()).offset(offset).limit(20).all()


@router.get("/sent")
def sent(since, session: Session = Depends()):
    return latest_of(session, since)


@router.get("/read")
def read(since, session: Session = Depends()):
    return session.scalars(select(Message).where(Message.read_at > since)).all()


@router.get("/seen/{thread}")
def seen(thread: int, since, session: Session = Depends()):
    return session.scalars(select(Message).where(Message.thread_id == thread, Message.seen_at > since)).all()


@router.get("/edited")
def edited(since, session: Session = Depends()):
    return session.scalars(select(Message).where(Message.edited_at > since)).all()


@router.get("/subject")
def subject(subject: str, digest: str, session: Session = Depends()):
    same = session.query(Message).filter_by(subject=subject).all()
    return same + session.query(Message).filter(Message.digest == digest).all()


@router.get("/billed")
def billed(since, session: Session = Depends()):
    return session.scalars(select(Message).where(Message.billed_at > since)).all()
