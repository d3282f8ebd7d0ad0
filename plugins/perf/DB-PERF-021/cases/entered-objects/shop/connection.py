import psycopg2


class Connection:
    def __init__(self, autocommit=True):
        self.autocommit = autocommit

    def __enter__(self):
        self.connection = psycopg2.connect(host="db", dbname="shop")  # finding: DB-PERF-021 confidence: medium
        self.connection.autocommit = self.autocommit
        return self.connection.cursor()

    def __exit__(self, *args):
        self.connection.close()
