from fastapi import Depends, FastAPI
from sqlalchemy.orm import Session, joinedload, sessionmaker

from shop.models import Invoice, Order, Payment

app = FastAPI()
session = sessionmaker()


@app.get("/orders/sum")
def orders(s: Session = Depends(session)):
    total = 0
    for order in s.query(Order).all():  # finding: MEM-001
        total += order.total
    return {"total": total}


@app.get("/orders/lines")
def lines(s: Session = Depends(session)):
    total = 0
    # One order is many rows here, which SQLAlchemy cannot cut into chunks.
    for order in s.query(Order).options(joinedload(Order.lines)).all():  # finding: MEM-001
        total += len(order.lines)
    return {"total": total}


@app.get("/invoices/sum")
def invoices(s: Session = Depends(session)):
    total = 0
    # The model itself joins its lines in.
    for invoice in s.query(Invoice).all():  # finding: MEM-001
        total += invoice.total
    return {"total": total}


@app.get("/payments/sum")
def payments(s: Session = Depends(session)):
    total = 0
    # So does another model, for this one.
    for payment in s.query(Payment).all():  # finding: MEM-001
        total += payment.total
    return {"total": total}
