from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

engine = create_engine("postgresql://db/shop", poolclass=NullPool)  # finding: DB-PERF-021 confidence: medium
