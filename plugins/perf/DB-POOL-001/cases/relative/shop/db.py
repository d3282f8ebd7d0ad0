from sqlalchemy import create_engine

engine = create_engine("postgresql+psycopg://shop@db/shop")  # finding: DB-POOL-001 confidence: medium
