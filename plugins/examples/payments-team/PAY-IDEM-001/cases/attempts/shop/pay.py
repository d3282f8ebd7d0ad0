import uuid

import acme_ledger
from tenacity import retry, stop_after_attempt

ledger = acme_ledger.connect()


def charge(order):
    for _ in range(3):
        try:
            return ledger.charge(order.customer, order.total, key=str(uuid.uuid4()))  # finding: PAY-IDEM-001
        except acme_ledger.Timeout:
            continue


@retry(stop=stop_after_attempt(3))
def refund(order):
    key = uuid.uuid4().hex
    ledger.refund(order.customer, order.total, key=key)  # finding: PAY-IDEM-001


@retry(stop=stop_after_attempt(3))
def transfer(order):
    ledger.transfer(order.customer, "reserve", order.total)  # finding: PAY-IDEM-001


def charge_once(order):
    once = str(uuid.uuid4())
    for _ in range(3):
        try:
            return ledger.charge(order.customer, order.total, key=once)  # ok: one key for all attempts; mutate: s/key=once/key=str(uuid.uuid4())/
        except acme_ledger.Timeout:
            continue
