from sqlalchemy import create_engine

engine = create_engine("postgresql+psycopg://shop@db/shop", pool_pre_ping=True)  # finding: DB-POOL-001 confidence: medium
# ok: sized for the threads; mutate: s/, pool_size=20, max_overflow=20//
reports = create_engine("postgresql+psycopg://shop@reports/shop", pool_size=20, max_overflow=20)
cache = create_engine("sqlite:///cache.db")  # ok: a file; mutate: s|sqlite:///cache.db|postgresql://cache|
