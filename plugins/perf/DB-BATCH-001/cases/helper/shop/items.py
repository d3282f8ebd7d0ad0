import psycopg2

connection = psycopg2.connect("dbname=shop")


def save_item(item):
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO items (id) VALUES (%s)", (item,))
        connection.commit()


def save_all(items):
    for item in items:
        save_item(item)  # finding: DB-BATCH-001


def save_pages(pages):
    with connection.cursor() as cursor:
        for rows in pages:
            cursor.executemany("INSERT INTO items (id) VALUES (%s)", rows)  # ok: one call per page; mutate: s/executemany/execute/


def announce(item):
    try:
        print(item.name)
    except AttributeError:
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO lost (id) VALUES (%s)", (item,))
        raise


def announce_all(items):
    for item in items:
        announce(item)  # finding: DB-BATCH-001 confidence: low


def announce_or_save(item):
    try:
        print(item.name)
    except AttributeError:
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO lost (id) VALUES (%s)", (item,))


def announce_or_save_all(items):
    for item in items:
        announce_or_save(item)  # finding: DB-BATCH-001
