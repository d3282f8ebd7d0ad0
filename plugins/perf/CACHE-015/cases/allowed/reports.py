from google.cloud import bigquery

# perfctl: allow CACHE-015 -- the tables are external, nothing is ever kept
CONFIG = bigquery.QueryJobConfig(use_query_cache=False)
