import acme_ledger
from fastapi import FastAPI

from shop.refunds import give_back

app = FastAPI()
ledger = acme_ledger.connect()


@app.post("/orders/{number}/pay")
def pay(number: str, total: int):
    receipt = ledger.charge(number, total)  # finding: PAY-IDEM-001 confidence: high
    return {"receipt": receipt}


@app.post("/orders/{number}/cancel")
def cancel(number: str, total: int):
    return give_back(ledger, number, total)
