from . import db


def connect():
    with db.engine.connect() as connection:
        yield connection
