import os

import psycopg2


def show(event=None, context=None):
    connection = psycopg2.connect(os.environ["DATABASE"])  # finding: DB-PERF-021 confidence: high
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT state FROM drafts WHERE id = %s", (event["id"],))
            return cursor.fetchone()[0]
    finally:
        connection.close()
