from sqlalchemy import create_engine

engine = create_engine("postgresql://shop@db/shop", max_overflow=-1)  # finding: DB-POOL-001


def broken(:
