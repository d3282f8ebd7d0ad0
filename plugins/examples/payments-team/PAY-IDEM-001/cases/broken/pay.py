import acme_ledger

ledger = acme_ledger.connect()


def charge(order):
    ledger.charge(order.customer, order.total)  # finding: PAY-IDEM-001


def half(order:
