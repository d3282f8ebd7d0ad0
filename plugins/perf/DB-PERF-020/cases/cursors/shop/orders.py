import psycopg2


def orders(dsn, user):
    connection = psycopg2.connect(dsn)
    cursor = connection.cursor()
    cursor.execute("SELECT * FROM orders WHERE user_id = %s", (user,))  # finding: DB-PERF-020
    return cursor.fetchall()


def count(cursor):
    cursor.execute("SELECT COUNT(*) FROM orders WHERE paid")  # ok: counts
    return cursor.fetchone()


def named(cursor, user):
    cursor.execute("SELECT id, total FROM orders WHERE user_id = %s", (user,))  # ok: names its columns; mutate: s/id, total/*/
    return cursor.fetchall()
