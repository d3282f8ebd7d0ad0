from fastapi import FastAPI
from sqlalchemy.orm import Session

from shop.store import Lines, Tags

app = FastAPI()


@app.post("/lines")
def create(rows: list[dict], session: Session):
    lines, numbers = Lines(session), {}
    for values in rows:
        # What it gives is read for each, and create_many gives it, too.
        line = lines.create(values)  # finding: DB-BATCH-001 confidence: medium
        numbers[line.product] = line.id
    return numbers


@app.post("/tags")
def tag(names: list[str], session: Session):
    tags, numbers = Tags(session), {}
    for name in names:
        created = tags.create(name)  # finding: DB-BATCH-001 confidence: low
        numbers[name] = created.id
    return numbers
