import psycopg2
from sqlalchemy import create_engine

# ok: limited; mutate: s/=30000/=0/
connection = psycopg2.connect(host="db", dbname="shop", options="-c statement_timeout=30000")
