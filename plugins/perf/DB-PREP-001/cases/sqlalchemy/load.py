from fastapi import FastAPI
from sqlalchemy import create_engine, text
from sqlalchemy.exc import IntegrityError

app = FastAPI()
engine = create_engine("postgresql://shop")


@app.post("/settings")
def load(rows: list[dict]):
    with engine.connect() as connection:
        for row in rows:
            try:
                connection.execute(text("INSERT INTO settings (id, value) VALUES (:id, :value)"), row)
            except IntegrityError:
                number = row["id"]
                connection.execute(text(f"DELETE FROM settings WHERE id = {number}"))  # finding: DB-PREP-001 confidence: low -- only what was in the way
                connection.execute(text(f"UPDATE settings SET loads = loads + 1 WHERE id = {number}"))  # finding: DB-PREP-001 confidence: high -- all that are there already
        for row in rows:
            number = row["id"]
            connection.execute(text(f"DELETE FROM drafts WHERE id = {number}"))  # finding: DB-PREP-001 confidence: high
