import psycopg2

connection = psycopg2.connect("dbname=shop")  # finding: PERF-002
