import sqlite3


def report(number):
    # finding: MEM-002
    connection = sqlite3.connect("shop.db")
    rows = connection.execute("SELECT total FROM orders WHERE number = ?", (number,))
    label = f"order {number}"
    total = sum(row[0] for row in rows)
    return label, total
