from fastapi import FastAPI

from shop import queries
from shop.database import SessionLocal

app = FastAPI()


@app.get("/count")
def count():
    db = SessionLocal()  # finding: MEM-002 confidence: high
    return queries.count(db)


@app.get("/count-named")
def count_named():
    db = SessionLocal()  # finding: MEM-002 confidence: high
    return queries.count(db=db)


def ordered():
    db = SessionLocal()  # ok: the query that is handed on needs it; mutate: s/queries.ordered(db)/queries.count(db)/
    return queries.ordered(db)


@app.get("/finished")
def finished():
    db = SessionLocal()  # ok: the function that it is given to closes it; mutate: s/queries.finish(db)/queries.count(db)/
    queries.finish(db)
    return db.is_active


@app.get("/remembered")
def remembered():
    db = SessionLocal()  # ok: kept by what it is given to; mutate: s/queries.remember(db)/queries.count(db)/
    queries.remember(db)
    return db.is_active


@app.get("/walked")
def walked():
    db = SessionLocal()  # ok: needed for as long as the rows are drawn; mutate: s/queries.walk(db)/queries.count(db)/
    return queries.walk(db)


@app.get("/held")
def held():
    db = SessionLocal()  # ok: the object holds it; mutate: s/queries.Orders(db).count()/queries.count(db)/
    return queries.Orders(db).count()
