import psycopg2


def export(dsn):
    cursor = psycopg2.connect(dsn).cursor()
    # perfctl: allow DB-PERF-020 -- the export hands on every column as it is
    cursor.execute("SELECT * FROM orders")
    return cursor.fetchall()
