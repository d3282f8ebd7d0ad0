import psycopg2


class VisitRepository:
    def __init__(self):
        self.connection = psycopg2.connect("dbname=shop")

    def get(self, number):
        with self.connection.cursor() as cursor:
            cursor.execute("SELECT place FROM visits WHERE number = %s", (number,))
            return cursor.fetchone()


class Tour:
    def __init__(self, visit_repository, visits):
        self.visit_repository = visit_repository
        self.visits = visits

    def places(self, numbers):
        found = []
        for number in numbers:
            found.append(self.visit_repository.get(number))  # finding: DB-PERF-001
        for number in numbers:
            found.append(self.visits.get(number))  # ok: nothing says what it is; mutate: s/self.visits.get/self.visit_repository.get/
        return found
