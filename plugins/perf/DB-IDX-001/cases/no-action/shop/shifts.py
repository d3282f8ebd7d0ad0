import psycopg


def end(connection: psycopg.Connection, shift: int):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM shifts WHERE id = %s", [shift])
