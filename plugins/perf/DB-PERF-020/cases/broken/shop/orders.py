import psycopg2


def orders(dsn):
    cursor = psycopg2.connect(dsn).cursor()
    cursor.execute("SELECT * FROM orders")  # finding: DB-PERF-020
    return cursor.fetchall()
