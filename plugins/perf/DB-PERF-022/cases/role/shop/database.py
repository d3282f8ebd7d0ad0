from sqlalchemy import create_engine

engine = create_engine("postgresql://db/shop")  # ok: the role has a limit; mutate: deploy/roles.sql s/_timeout = '30s'/_mem = '4MB'/
