import psycopg2

connection = psycopg2.connect("dbname=bills")


def row_of(number):
    cursor = connection.cursor()
    cursor.execute("SELECT id FROM bills WHERE id = %s", (number,))
    return cursor.fetchone()


def checked(number):
    return row_of(number)


def found(number):
    return checked(number)


def find_by_id(number):
    return found(number)


def bill_for(number):
    return found(number)


def by_key(numbers):
    return [find_by_id(number) for number in numbers]  # finding: DB-PERF-001 confidence: medium


def by_number(numbers):
    return [bill_for(number) for number in numbers]  # finding: DB-PERF-001 confidence: low
