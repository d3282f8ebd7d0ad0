from sqlalchemy import Column, Integer, MetaData, String, Table, create_engine, select
from sqlalchemy.orm import Session

metadata = MetaData()
engine = create_engine("postgresql://db/shop")
parcels = Table("parcels", metadata, Column("code", String, primary_key=True), Column("state", String))
prices = Table("prices", metadata, Column("region", String, primary_key=True), Column("year", Integer, primary_key=True))


class Gateway:
    def __init__(self, table):
        self.table = table

    def rows(self, where):
        with engine.connect() as connection:
            return connection.execute(select(self.table).where(*[self.table.c[name] == value for name, value in where.items()])).fetchall()

    def labels(self, code):
        with engine.connect() as connection:
            return connection.execute(select(parcels).where(parcels.c.code == code)).fetchall()


class Parcels(Gateway):
    def change(self, where, what):
        codes = []
        for row in self.rows(where=where):
            self.labels(row.code)  # finding: DB-PERF-001 confidence: low -- every caller hands over the primary key
            codes.append(row.code)
        for code in codes:
            self.labels(code)  # finding: DB-PERF-001 confidence: low -- collected from the one row

    def close(self, where):
        for row in self.rows(where=where):
            self.labels(row.code)  # finding: DB-PERF-001 confidence: high

    def price_of_year(self, where):
        for row in self.rows(where=where):
            # A part of the key leads to many.
            self.labels(row.code)  # finding: DB-PERF-001 confidence: high

    def find_many(self, code=None):
        found = self.rows({"state": code})
        for row in found:
            row.labels = self.labels(row.code)  # finding: DB-PERF-001 confidence: high
        return found

    def price(self, where):
        for row in self.rows(where=where):
            self.labels(row.code)  # finding: DB-PERF-001 confidence: low -- the whole key

    def find_parcels(self, code=None, limit=None):
        found = self.rows({"state": code})
        for row in found:
            row.labels = self.labels(row.code)  # finding: DB-PERF-001 confidence: low -- those who ask take the first
        return found


def parts_of(session: Session, part, Order):
    for order in session.query(Order).filter(Order.id == part).all():
        session.get(Order, order.number)  # finding: DB-PERF-001 confidence: low -- one row
    for order in session.query(Order).filter_by(id=part):
        session.get(Order, order.number)  # finding: DB-PERF-001 confidence: low -- one row
    for order in session.query(Order).filter_by(shop=part):
        session.get(Order, order.number)  # finding: DB-PERF-001 confidence: high
