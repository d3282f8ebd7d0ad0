from fastapi import Depends, FastAPI
from sqlalchemy.orm import Session

from shop.models import Order, SessionLocal

app = FastAPI()


def database():
    session = SessionLocal()
    try:
        yield session
    finally:
        session.close()


@app.get("/posts")
def post_list(db: Session = Depends(database)):  # finding: API-001
    return db.query(Order).all()


@app.get("/feed")
def update_feed(db: Session = Depends(database)):  # finding: API-001
    return db.query(Order).all()


@app.api_route("/saved", methods=["GET", "POST"])
def save_orders(db: Session = Depends(database)):  # ok: may be there for another method, as its name says; mutate: s/save_orders/saved_orders/
    return db.query(Order).all()


@app.api_route("/sent", methods=["GET"])
def send_orders(db: Session = Depends(database)):  # finding: API-001
    return db.query(Order).all()
