import psycopg2

# perfctl: allow DB-PERF-022 -- the role has a limit, set by the platform
connection = psycopg2.connect(host="db", dbname="shop")
