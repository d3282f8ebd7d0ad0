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
