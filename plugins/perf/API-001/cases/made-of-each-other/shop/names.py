from fastapi import Depends, FastAPI
from sqlalchemy import text
from sqlalchemy.orm import Session

app = FastAPI()


def session() -> Session: ...


# Either of two collections is made of the other's rows, by position; a third leaves.
@app.get("/names")
def names(db: Session = Depends(session)):  # finding: API-001
    rows = db.execute(text("SELECT name, team FROM people")).fetchall()
    teams = {}
    leads = {}
    for row in rows:
        teams[row[1]] = row[0]
    for row in teams.items():
        leads[row[0]] = row[1]
    for row in leads.items():
        teams[row[1]] = row[0]
    return [row[0] for row in rows]


# The same, and nothing leaves.
@app.get("/count")
def count(db: Session = Depends(session)):  # ok: a number
    rows = db.execute(text("SELECT name, team FROM people")).fetchall()
    teams = {}
    leads = {}
    for row in rows:
        teams[row[1]] = row[0]
    for row in teams.items():
        leads[row[0]] = row[1]
    for row in leads.items():
        teams[row[1]] = row[0]
    return len(rows)
