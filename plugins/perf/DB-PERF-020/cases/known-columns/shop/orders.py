import psycopg2


def paid(dsn):
    with psycopg2.connect(dsn) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT * FROM shop.orders WHERE total > 0")  # finding: DB-PERF-020
        return cursor.fetchall()


def lines(cursor, number):
    # finding: DB-PERF-020
    cursor.execute("""
        SELECT l.*
        FROM lines l
        WHERE l.order_id = %s
    """, (number,))
    return cursor.fetchall()
