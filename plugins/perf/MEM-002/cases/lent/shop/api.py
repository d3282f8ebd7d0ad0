import asyncio
from functools import partial

from fastapi import BackgroundTasks, FastAPI

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


@app.post("/later")
def later(tasks: BackgroundTasks):
    db = SessionLocal()  # ok: what runs later closes it; mutate: s/tasks.add_task(queries.finish, db)/tasks.add_task(queries.finish)/
    tasks.add_task(queries.finish, db)


@app.post("/elsewhere")
async def elsewhere():
    db = SessionLocal()  # ok: so does what runs in a thread; mutate: s/to_thread(queries.finish, db)/to_thread(queries.finish)/
    await asyncio.to_thread(queries.finish, db)


@app.post("/bound")
def bound(run):
    run(partial(queries.finish, SessionLocal()))  # ok: bound to what closes it; mutate: s/partial(queries.finish, SessionLocal())/SessionLocal().query(1)/
