import json
import sqlite3
from concurrent import futures

import grpc


def report(day):
  connection = sqlite3.connect("shop.db")  # finding: MEM-002

  # The orders of the day.
  rows = connection.execute("SELECT * FROM orders WHERE day = ?", (day,)).fetchall()
  names = [row[0] for row in rows]

  return json.dumps(names)


def settings(path):
  return json.load(open(path))  # finding: MEM-002
