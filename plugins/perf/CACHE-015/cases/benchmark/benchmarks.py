import snowflake.connector


def run(cursor, sql):
    # ok: a benchmark
    cursor.execute("ALTER SESSION SET USE_CACHED_RESULT = FALSE")
    cursor.execute(sql)
