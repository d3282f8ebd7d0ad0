import os

import psycopg2


def clear_old(event=None, context=None):
    # finding: LAMBDA-002 confidence: low
    connection = psycopg2.connect(os.environ["DATABASE"])
    try:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM drafts WHERE age > 30")
        connection.commit()
    finally:
        connection.close()
