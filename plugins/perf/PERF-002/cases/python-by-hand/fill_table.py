import psycopg2

connection = psycopg2.connect("dbname=shop")  # ok: nothing imports it, a person runs it; mutate: s/import psycopg2/import psycopg2\nfrom flask import Flask\n\napp = Flask(__name__)/
connection.cursor().execute("DELETE FROM cart")
