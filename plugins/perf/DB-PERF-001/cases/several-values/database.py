import psycopg2


def connect(settings):
    try:
        connection = psycopg2.connect(**settings)
        return connection, connection.cursor()
    except psycopg2.OperationalError:
        return None
