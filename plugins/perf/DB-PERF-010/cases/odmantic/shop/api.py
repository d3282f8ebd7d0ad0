from fastapi import APIRouter
from odmantic import AIOEngine, Field, Model

router = APIRouter()
engine = AIOEngine()


class User(Model):
    email: str = Field(unique=True)
    name: str


@router.get("/users")
async def users(value: str):
    await engine.find_one(User, User.email == value)  # ok: unique; mutate: s/Field(unique=True)/Field()/
    return await engine.find(User, User.name == value)  # finding: DB-PERF-010
