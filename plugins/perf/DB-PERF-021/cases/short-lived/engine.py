from sqlalchemy import create_engine

ADDRESS = "postgresql+psycopg://db/shop"
engine = create_engine(ADDRESS, pool_recycle=1)  # finding: DB-PERF-021 confidence: medium
reports = create_engine(ADDRESS, pool_recycle=1800)  # ok: half an hour; mutate: s/=1800/=2/
