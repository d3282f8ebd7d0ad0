from psycopg2 import sql
from psycopg2.extras import execute_values
from sqlalchemy import text


def store(cursor, lines):
    for line in lines:
        # finding: DB-BATCH-001 confidence: medium
        cursor.execute("INSERT INTO lines (number, amount) VALUES (%s, %s)", (line["number"], line["amount"]))


def store_named(cursor, table, lines):
    for at in range(len(lines)):
        line = lines[at]
        # finding: DB-BATCH-001 confidence: medium
        cursor.execute(
            sql.SQL("INSERT INTO {table} (number, amount) VALUES (%s, %s)").format(table=sql.Identifier(table)),
            [line["number"], line["amount"]],
        )


def store_by_session(session, lines):
    statement = text("INSERT INTO lines (number) VALUES (:number)")
    for line in lines:
        session.execute(statement, {"number": line["number"]})  # finding: DB-BATCH-001 confidence: medium


def store_together(cursor, lines):
    # ok: all in one; mutate: s/execute_values(cursor, /[cursor.execute(/ s/%s", lines)/(%s)", (line,)) for line in lines]/
    execute_values(cursor, "INSERT INTO lines (number) VALUES %s", lines)


def copied(cursor, months):
    for month in months:
        # ok: takes many rows as it stands
        cursor.execute("INSERT INTO archive SELECT * FROM lines WHERE month = %s", (month,))


def printed(printer, cursor, lines):
    for line in lines:
        # ok: what a printer does with it nobody knows; mutate: s/printer.execute/cursor.execute/
        printer.execute("INSERT INTO lines (number) VALUES (%s)", (line["number"],))


def stored_once(cursor, lines):
    for line in lines:
        if line["number"] == 1:
            # ok: the first fit only; mutate: s/return line/pass/
            cursor.execute("INSERT INTO firsts (number) VALUES (%s)", (line["number"],))
            return line
