import psycopg2


def nobody_calls_it(connection, number):
    cursor = connection.cursor()
    cursor.execute("SELECT * FROM users WHERE id = %s", (number,))  # finding: DB-PERF-020 confidence: medium
    return cursor.fetchone()["name"]


def called(connection, number):
    cursor = connection.cursor()
    cursor.execute("SELECT * FROM carts WHERE id = %s", (number,))  # finding: DB-PERF-020 confidence: high
    return cursor.fetchone()["name"]


def caller():
    return called(psycopg2.connect("dbname=shop"), 1)
