import re

import psycopg2

# Written for people: SELECT * FROM orders gives everything.
STAR = re.compile(r"select \* from (\w+)")  # ok: a regular expression
HELP = "Use SELECT * only in the console"  # ok: words


def orders(dsn, user):
    connection = psycopg2.connect(dsn)
    cursor = connection.cursor()
    cursor.execute("SELECT * FROM orders WHERE user_id = %s", (user,))  # finding: DB-PERF-020
    return cursor.fetchall()


def with_lines(cursor, user):
    # finding: DB-PERF-020
    query = """
        SELECT o.*, count(l.id) AS lines
        FROM orders o JOIN lines l ON l.order_id = o.id
        WHERE o.user_id = %s GROUP BY o.id
    """
    cursor.execute(query, (user,))
    return cursor.fetchall()


def count(cursor):
    cursor.execute("SELECT COUNT(*) FROM orders WHERE paid")  # ok: counts; mutate: s/COUNT(*)/*/
    return cursor.fetchone()


def named(cursor, user):
    cursor.execute("SELECT id, total FROM orders WHERE user_id = %s", (user,))  # ok: names its columns; mutate: s/id, total/*/
    return cursor.fetchall()


def late(cursor):
    cursor.execute("WITH late AS (SELECT id FROM orders WHERE due < now()) SELECT * FROM late")  # ok: a table expression that names its columns; mutate: s/SELECT * FROM late/SELECT * FROM orders/
    return cursor.fetchall()


def newest(cursor):
    cursor.execute("SELECT * FROM (SELECT id, total FROM orders ORDER BY id DESC LIMIT 10) AS newest")  # ok: a subquery that names its columns; mutate: s/(SELECT id, total FROM orders ORDER BY id DESC LIMIT 10) AS newest/orders/
    return cursor.fetchall()


def late_rows(cursor):
    # todo: DB-PERF-020
    cursor.execute("WITH late AS (SELECT * FROM orders WHERE due < now()) SELECT * FROM late")
    return cursor.fetchall()


def outer_names(cursor):
    cursor.execute("SELECT id FROM (SELECT * FROM orders) AS o WHERE o.total > 10")  # ok: the outer query names its columns; mutate: s/SELECT id FROM (SELECT * FROM orders) AS o/SELECT * FROM orders AS o/
    return cursor.fetchall()


def add(cursor, total):
    cursor.execute("INSERT INTO orders (total) VALUES (%s) RETURNING *", (total,))  # ok: the row that was written
    return cursor.fetchone()


def days(cursor):
    cursor.execute("SELECT * FROM generate_series(1, 30)")  # ok: a function; mutate: s/generate_series(1, 30)/orders/
    return cursor.fetchall()


def tables(cursor):
    cursor.execute("SELECT * FROM information_schema.tables")  # ok: a catalog; mutate: s/information_schema.tables/orders/
    return cursor.fetchall()


def columns(cursor):
    cursor.execute("SELECT * FROM orders LIMIT 0")  # ok: asks for the columns; mutate: s/ LIMIT 0//
    return [column.name for column in cursor.description]


def exists(cursor, user):
    cursor.execute("SELECT 1 WHERE EXISTS (SELECT * FROM orders WHERE user_id = %s)", (user,))  # ok: reads no column; mutate: s/SELECT 1 WHERE EXISTS (SELECT * FROM orders WHERE user_id = %s)/SELECT * FROM orders WHERE user_id = %s/
    return cursor.fetchone()
