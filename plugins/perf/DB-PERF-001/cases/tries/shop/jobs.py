import time

import psycopg2


def load(dsn, key):
    connection = psycopg2.connect(dsn)
    cursor = connection.cursor()
    for attempt in range(5):
        try:
            cursor.execute("SELECT id FROM jobs WHERE id = %s", (key,))  # ok: attempts
            return cursor.fetchone()
        except psycopg2.OperationalError:
            time.sleep(attempt)


def wait(dsn, key):
    connection = psycopg2.connect(dsn)
    cursor = connection.cursor()
    while True:
        cursor.execute("SELECT state FROM jobs WHERE id = %s", (key,))  # ok: asks again until it is done
        if cursor.fetchone()[0] == "done":
            return
        time.sleep(1)


def states(dsn, keys):
    connection = psycopg2.connect(dsn)
    cursor = connection.cursor()
    found = {}
    for key in keys:
        cursor.execute("SELECT state FROM jobs WHERE id = %s", (key,))  # finding: DB-PERF-001
        found[key] = cursor.fetchone()
    return found


def install(dsn, path):
    connection = psycopg2.connect(dsn)
    cursor = connection.cursor()
    with open(path) as file:
        for statement in file.read().split(";"):
            cursor.execute(statement)  # ok: runs a script; mutate: s/execute(statement)/execute("SELECT 1 FROM t WHERE a = %s", (statement,))/


def first_free(dsn, rooms):
    connection = psycopg2.connect(dsn)
    cursor = connection.cursor()
    for room in rooms:
        if room.open:
            cursor.execute("SELECT id FROM rooms WHERE id = %s", (room.id,))  # ok: the first that fits ends the loop; mutate: s/return cursor.fetchall()/print(cursor.fetchall())/
            return cursor.fetchall()
