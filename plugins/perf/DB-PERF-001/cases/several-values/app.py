from flask import Flask, request

from database import connect

app = Flask(__name__)


class Orders:
    def __init__(self):
        self.connection, self.cursor = connect({"dbname": "shop"})

    def names(self, numbers):
        found = []
        for number in numbers:
            self.cursor.execute("SELECT name FROM orders WHERE number = %s", (number,))  # finding: DB-PERF-001
            found.append(self.cursor.fetchone())
        return found

    def all_names(self, numbers):
        self.cursor.execute("SELECT name FROM orders WHERE number = ANY(%s)", (numbers,))  # ok: once for all of them
        return self.cursor.fetchall()


@app.post("/orders")
def orders():
    numbers = request.json["numbers"]
    return {"names": Orders().names(numbers), "all": Orders().all_names(numbers)}
