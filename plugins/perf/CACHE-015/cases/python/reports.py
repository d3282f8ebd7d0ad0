import snowflake.connector
from fastapi import FastAPI
from google.cloud import bigquery

app = FastAPI()
client = bigquery.Client()


@app.get("/visits")
def visits():
    config = bigquery.QueryJobConfig(use_query_cache=False)  # finding: CACHE-015 confidence: high
    return list(client.query("SELECT day, visits FROM web.visits", job_config=config).result())


def orders():
    config = bigquery.QueryJobConfig()
    config.use_query_cache = False  # finding: CACHE-015 confidence: medium
    return list(client.query("SELECT day, orders FROM web.orders", job_config=config).result())


def connect(account):
    return snowflake.connector.connect(
        account=account,
        session_parameters={
            "USE_CACHED_RESULT": False,  # finding: CACHE-015 confidence: medium
            "QUERY_TAG": "reports",
        },
    )


def open_session(cursor):
    cursor.execute("ALTER SESSION SET USE_CACHED_RESULT = FALSE")  # finding: CACHE-015 confidence: medium


def open_redshift(cursor):
    cursor.execute("SET enable_result_cache_for_session TO off")  # finding: CACHE-015 confidence: medium


def bytes_of(sql):
    # ok: a dry run reads nothing; mutate: s/dry_run=True, use_query_cache=False/use_query_cache=False/
    config = bigquery.QueryJobConfig(dry_run=True, use_query_cache=False)
    return client.query(sql, job_config=config).total_bytes_processed


def keep(sql, table):
    config = bigquery.QueryJobConfig(destination=table, use_query_cache=False)  # ok: writes a table; mutate: s/destination=table, //
    return client.query(sql, job_config=config).result()


def ask(sql, fresh):
    config = bigquery.QueryJobConfig()
    if fresh:
        config.use_query_cache = False  # ok: when somebody asks for it; mutate: s/    if fresh:\n        config/    config/
    return client.query(sql, job_config=config).result()


def tables(sql):
    return client.query(sql, job_config=bigquery.QueryJobConfig(use_query_cache=True)).result()  # ok: on; mutate: s/=True/=False/
