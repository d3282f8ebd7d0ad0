from sqlalchemy import create_engine, select

engine = create_engine("postgresql://db/shop")


class Table:
    def __init__(self, table):
        self.table = table

    def _statement(self, where=None, columns=None, limit=None):
        query = select(columns or [self.table])
        for clause in where or []:
            query = query.where(clause)
        return query.limit(limit) if limit else query

    def select(self, where=None, **kwargs):
        query = self._statement(where=where, **kwargs)
        with engine.connect() as connection:
            return [dict(row) for row in connection.execute(query).fetchall()]


class Orders(Table):
    def every(self):
        return self.select(columns=[self.table.c.id, self.table.c.total])

    def of_customer(self, customer):
        return self.select(where=[self.table.c.customer == customer])

    def matching(self, state=None):
        where = []
        if state:
            where.append(self.table.c.state == state)
        return self.select(where=where)

    def newest(self):
        return self.select(limit=20)
