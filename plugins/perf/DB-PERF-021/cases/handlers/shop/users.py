import os

import psycopg2


class Database:
    def __init__(self, params):
        self.params = params

    def connect(self):
        self.connection = psycopg2.connect(**self.params)  # finding: DB-PERF-021 confidence: high
        return self.connection


class Users:
    def __init__(self):
        self.connection = Database({"host": os.environ["DB_HOST"]}).connect()

    def find(self, name):
        return self.connection.cursor().execute("SELECT id FROM users WHERE name = %s", (name,))
