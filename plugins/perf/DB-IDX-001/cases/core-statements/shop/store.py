from databases import Database
from fastapi import FastAPI

app = FastAPI()
database = Database("postgresql://localhost/league")


@app.get("/seasons/{season}/goals")
async def goals(season: int):
    query = """
        SELECT goals.*
        FROM goals
        JOIN fixtures ON fixtures.id = goals.fixture_id
        WHERE fixtures.season_id = :season
    """
    return await database.fetch_all(query=query, values={"season": season})


@app.get("/fixtures/{fixture}")
async def fixture(fixture: int):
    return await database.fetch_one("SELECT * FROM fixtures WHERE fixtures.id = :fixture", {"fixture": fixture})


@app.get("/people/{person}/goals")
async def scored(person: int):
    return await database.fetch_all("SELECT * FROM goals WHERE scorer_id = :person", {"person": person})
