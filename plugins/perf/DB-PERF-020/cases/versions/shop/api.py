from fastapi import FastAPI
from sqlalchemy import create_engine, text

app = FastAPI()
engine = create_engine("postgresql://db/shop")


@app.get("/version")
def version():
    with engine.connect() as connection:
        return connection.execute(text("SELECT * FROM alembic_version")).scalar()  # ok: one column of one row; mutate: s/alembic_version/versions/
