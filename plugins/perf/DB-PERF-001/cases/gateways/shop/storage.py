import smtplib

import psycopg2


class Orders:
    def __init__(self, path):
        self.connection = psycopg2.connect(path)

    def asked(self, statement, values):
        with self.connection.cursor() as cursor:
            cursor.execute(statement, values)
            return cursor.fetchall()

    def select(self, where=None, limit=None):
        return self.asked("SELECT number, customer FROM orders WHERE customer = %s", (where["customer"],))

    def order_by_code(self, code):
        return self.asked("SELECT number FROM orders WHERE code = %s", (code,))

    def lines_of(self, number):
        return self.asked("SELECT id FROM lines WHERE number = %s", (number,))

    def told_by_mail(self, number):
        smtplib.SMTP("mail").sendmail("shop", "all", "sold")
        return self.asked("SELECT id FROM lines WHERE number = %s", (number,))

    def shown_name(self, number):
        return self.asked("SELECT name FROM orders WHERE number = %s", (number,))

    def find(self, code):
        return self.asked("SELECT number FROM orders WHERE code = %s", (code,))


class Storage:
    def __init__(self):
        self.parts = {}

    def open(self, path):
        self.parts["orders"] = Orders(path)

    def __getattr__(self, name):
        return getattr(self.parts["orders"], name)


storage = Storage()
