import psycopg2

from shop.models import Order, Parcel

connection = psycopg2.connect("postgresql://db/shop")


def search(text):
    cursor = connection.cursor()
    cursor.execute("SELECT id, label FROM notes WHERE words @@ to_tsquery(%s)", (text,))
    cursor.execute("SELECT id, label FROM notes WHERE title @@ to_tsquery(%s)", (text,))
    return cursor.fetchall()


def orders(session, query):
    session.query(Parcel).filter(Parcel.found.op("@@")(query)).all()
    return session.query(Order).filter(Order.tokens.op("@@")(query)).all()
