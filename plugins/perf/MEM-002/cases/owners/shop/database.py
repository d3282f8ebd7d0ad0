import psycopg2


class Database:
    def __init__(self, dsn):
        self.dsn = dsn

    def connect(self):
        self.con = psycopg2.connect(self.dsn)
        return self.con.cursor()

    def close(self):
        self.con.close()
