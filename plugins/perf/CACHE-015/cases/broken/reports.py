from google.cloud import bigquery

CONFIG = bigquery.QueryJobConfig(use_query_cache=False)  # finding: CACHE-015
