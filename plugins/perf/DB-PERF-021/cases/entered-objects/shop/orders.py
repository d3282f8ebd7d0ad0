from shop.connection import Connection


def find(number):
    with Connection() as cursor:
        cursor.execute("SELECT id FROM orders WHERE number = %s", (number,))
        return cursor.fetchone()
