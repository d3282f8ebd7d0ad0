from sqlalchemy import create_engine, insert
from sqlalchemy.orm import Session, declarative_base, sessionmaker

Base = declarative_base()
SessionLocal = sessionmaker(bind=create_engine("postgresql://db/shop"))


class Order(Base):
    __tablename__ = "orders"


def store(session: Session, rows):
    for row in rows:
        session.add(Order(**row))
        session.commit()  # finding: DB-BATCH-001


def store_together(session: Session, rows):
    for row in rows:
        session.add(Order(**row))
    session.commit()  # ok: one commit behind the loop; mutate: s/    session.commit/        session.commit/


def write(session: Session, rows):
    for row in rows:
        session.execute(insert(Order).values(id=row["id"]))  # finding: DB-BATCH-001


def write_chunks(session: Session, groups):
    for rows in groups:
        values = [{"id": row["id"]} for row in rows]
        session.execute(insert(Order), values)  # ok: many rows in one statement; mutate: s/insert(Order), values/insert(Order).values(id=rows[0])/


def restore(engine_of_tables, meta, dump):
    with create_engine("postgresql://db/shop").begin() as connection:
        for name, rows in dump.items():
            table = meta.tables[name]
            connection.execute(insert(table), rows)  # ok: all rows of a table at once
