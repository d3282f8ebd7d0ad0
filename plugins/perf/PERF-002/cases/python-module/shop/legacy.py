import psycopg2

connection = psycopg2.connect("dbname=legacy")  # finding: PERF-002
connection.set_session(readonly=True)


def open_again():
    return psycopg2.connect("dbname=legacy")  # ok: connects when it is called; mutate: s/def open_again():/class Again:/ s/    return psycopg2.connect(/    kept = psycopg2.connect(/


def find(number):
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM orders WHERE number = %s LIMIT 1", (number,))
        return cursor.fetchone()
