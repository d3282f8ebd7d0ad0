import psycopg2

connection = psycopg2.connect(host="db", dbname="shop")  # finding: DB-PERF-022


def other(:
    pass
