from sqlalchemy import create_engine, text
from fastapi import FastAPI

app = FastAPI()
engine = create_engine("postgresql://db/shop")


@app.get("/orders/{number}")
def order(number: int):
    return {"number": number}
# engine.before_cursor_execute would time them
