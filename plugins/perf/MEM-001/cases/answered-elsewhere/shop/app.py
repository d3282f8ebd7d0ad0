from fastapi import Depends, FastAPI
from sqlalchemy import create_engine
from sqlalchemy.orm import Session, sessionmaker

from shop.store import all_customers, all_orders

app = FastAPI()
make = sessionmaker(bind=create_engine("postgresql://shop"))


def session():
    with make() as db:
        yield db


def send(letters):
    print(letters)


@app.get("/orders")
def orders(db: Session = Depends(session)):
    orders = all_orders(db)
    return [order.id for order in orders]


@app.get("/customers")
def customers(db: Session = Depends(session)):
    return all_customers(db)


@app.post("/letters")
def letters(db: Session = Depends(session)):
    send([customer.mail for customer in all_customers(db)])
