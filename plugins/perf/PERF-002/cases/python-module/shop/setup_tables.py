from sqlalchemy import MetaData

from shop.db import engine


def prepare(metadata):
    metadata.create_all(engine)


Base = MetaData()
prepare(Base)  # finding: PERF-002

if __name__ == "__main__":
    prepare(MetaData())  # ok: only when it is run as a program; mutate: s/if __name__ == "__main__":/if True:/
