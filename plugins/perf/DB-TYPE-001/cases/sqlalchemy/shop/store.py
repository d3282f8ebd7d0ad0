from sqlalchemy import insert

from shop.models import EventLog, Message


def keep(session, lines):
    session.add_all([EventLog(created_at=line.at) for line in lines])


def send(session, text):
    session.add(Message(sent_at=text.at))
    session.execute(insert(Message), {"sent_at": text.at})
