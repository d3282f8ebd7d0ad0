class Chart:
    def __init__(self, rows, queries):
        self.rows = rows
        self.queries = queries

    def points(self, days):
        points = {name: [] for name in self.queries}
        for day in days:
            for name, query in self.queries.items():
                points[name].append(query(self.rows, day))
        return points


class Board:
    def __init__(self, rows):
        self.rows = rows

    def total(self):
        return {"total": self.rows.filter(paid=True).count()}

    def lines(self):
        return [row.day for row in self.rows.all()]

    def newest(self):
        return {"newest": [row.day for row in self.rows[:10]]}

    def older(self):
        return {"older": [row.day for row in self.rows[10:]]}
