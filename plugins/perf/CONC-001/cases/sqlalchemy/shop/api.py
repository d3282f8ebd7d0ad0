from fastapi import Depends, FastAPI
from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session

from shop.db import get_async_db, get_db
from shop.models import User

app = FastAPI()


def find_user(db, user_id):
    return db.query(User).filter(User.id == user_id).first()


@app.get("/users/{user_id}")
async def user(user_id: int, db: Session = Depends(get_db)):
    return find_user(db, user_id)  # finding: CONC-001


@app.get("/names")
async def names(db=Depends(get_db)):
    query = db.query(User)  # ok: builds a query without asking the database
    return query.all()  # finding: CONC-001


@app.get("/later")
async def later(db: AsyncSession = Depends(get_async_db)):
    return (await db.execute(select(User))).all()  # ok: the asynchronous session


@app.get("/plain")
def plain(db: Session = Depends(get_db)):
    return db.query(User).all()  # ok: a plain function runs in the framework's thread pool; mutate: s/def plain/async def plain/
