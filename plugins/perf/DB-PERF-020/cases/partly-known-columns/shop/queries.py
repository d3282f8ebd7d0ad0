import psycopg

pool = psycopg.connect("host=db dbname=shop")


def settings():
    return pool.execute("SELECT * FROM settings").fetchall()  # finding: DB-PERF-020


def tags():
    return pool.execute("SELECT * FROM tags").fetchall()  # finding: DB-PERF-020


def of_joined():
    return pool.execute("SELECT l.* FROM orders o JOIN lines l ON l.order_id = o.id").fetchall()  # finding: DB-PERF-020


# On each line the first query alone has a fix: of the second some columns are not known, or have names that need quotes.
def altered():
    return pool.execute("SELECT * FROM lines l"), pool.execute("SELECT * FROM users u")  # finding: DB-PERF-020, DB-PERF-020


def altered_in_code():
    return pool.execute("SELECT * FROM lines l"), pool.execute("SELECT * FROM refunds r")  # finding: DB-PERF-020, DB-PERF-020


def quoted():
    return pool.execute("SELECT * FROM lines l"), pool.execute("SELECT * FROM orders o")  # finding: DB-PERF-020, DB-PERF-020


def joined():
    return pool.execute("SELECT * FROM lines l"), pool.execute("SELECT * FROM tags t JOIN lines l ON l.id = t.id")  # finding: DB-PERF-020, DB-PERF-020


def copied():
    return pool.execute("SELECT * FROM lines l"), pool.execute("SELECT * FROM copies c")  # finding: DB-PERF-020, DB-PERF-020


def inherited():
    return pool.execute("SELECT * FROM lines l"), pool.execute("SELECT * FROM parts p")  # finding: DB-PERF-020, DB-PERF-020
