import psycopg2

from base import Store


class Postgres(Store):
    def connect(self):
        connection = psycopg2.connect("shop")  # finding: DB-PERF-021
        connection.set_client_encoding("UTF8")
        return connection

    def close(self, connection):
        connection.close()
