import os

from sqlalchemy import create_engine

# Whoever sets the address may set the limit in it.
engine = create_engine(os.environ["DATABASE_URL"])  # finding: DB-PERF-022 confidence: low
