import psycopg2
from sqlalchemy import create_engine

ADDRESS = "postgresql://shop@db:5432/shop?options=-csearch_path%3Dshop"

# On each line the first client alone has a fix: the second one's address holds options, which another argument would take the place of.
# finding: DB-PERF-022, DB-PERF-022
plain, address = psycopg2.connect("host=db dbname=shop"), psycopg2.connect("postgresql://shop@db:5432/shop?options=-csearch_path%3Dshop")
# finding: DB-PERF-022, DB-PERF-022
other, words = psycopg2.connect("host=db dbname=shop"), psycopg2.connect("host=db dbname=shop options='-c search_path=shop'")
# finding: DB-PERF-022, DB-PERF-022
third, named = psycopg2.connect("host=db dbname=shop"), psycopg2.connect(ADDRESS)
# finding: DB-PERF-022, DB-PERF-022
engine, searching = create_engine("postgresql://shop@db/shop"), create_engine("postgresql://shop@db/shop?options=-csearch_path%3Dshop")
