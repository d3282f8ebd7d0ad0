import sqlite3

con = sqlite3.connect("orders.db")  # ok: a script ends, and its connections with it
print(con.execute("SELECT 1").fetchall())
