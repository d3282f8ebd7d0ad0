from sqlalchemy import create_engine
from sqlalchemy.pool import NullPool

engine = create_engine("postgresql://db:6432/shop", poolclass=NullPool)  # ok: a pooler stands in front; mutate: compose.yaml s/bouncer/res/
