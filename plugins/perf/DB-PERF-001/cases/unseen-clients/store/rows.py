import time

import psycopg2
from flask import g


class Rows:
    def connect(self):
        while True:
            try:
                return psycopg2.connect(self.dsn)
            except psycopg2.OperationalError:
                time.sleep(1)

    def held(self):
        if "rows" not in g:
            g.rows = self.connect()
        return g.rows

    def _one(self, statement, values):
        cursor = self.held().cursor()
        cursor.execute(statement, values)
        return cursor.fetchone()

    def _logged(self, statement, values):
        return self._one(statement, values)

    def _shown(self, statement, values):
        return f"{statement} with {values}"

    def rates(self, names):
        found = []
        for name in names:
            found.append(self._one("SELECT rate FROM rates WHERE name = %s", (name,)))  # finding: DB-PERF-001 confidence: medium
        return found

    def logged_rates(self, names):
        found = []
        for name in names:
            statement = """
                SELECT rate FROM rates WHERE name = %s
            """
            found.append(self._logged(statement, (name,)))  # finding: DB-PERF-001 confidence: medium
        return found

    def shown_rates(self, names):
        return [self._shown("SELECT rate FROM rates WHERE name = %s", (name,)) for name in names]  # ok: the statement is only shown; mutate: s/self._shown(/self._one(/

    def both(self):
        for name in ("gas", "water"):
            self._one("SELECT rate FROM rates WHERE name = %s", (name,))  # ok: two; mutate: s/("gas", "water")/self.names/

    def all_rates(self, names):
        return self._one("SELECT array_agg(rate) FROM rates WHERE name = ANY(%s)", (names,))  # ok: asked once

    def kept(self, names):
        for name in names:
            self._one("INSERT INTO rates (name) VALUES (%s) RETURNING rate", (name,))  # ok: no read


def prices(connection, keys):
    found = {}
    for key in keys:
        found[key] = connection.fetch_one("SELECT price FROM prices WHERE key = :key", {"key": key})  # finding: DB-PERF-001
    return found
