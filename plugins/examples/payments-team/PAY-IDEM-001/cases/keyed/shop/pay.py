import uuid

import acme_ledger

ledger = acme_ledger.connect()


def charge(order, **options):
    ledger.charge(order.customer, order.total, key=order.id)  # ok: the order's own key; mutate: s/, key=order.id//
    ledger.charge(order.customer, order.total, **options)  # ok: the caller may hand over a key
    ledger.charge(order.customer, order.total, key=str(uuid.uuid4()))  # ok: nobody tries this again here
    return ledger.balance(order.customer)  # ok: moves nothing


def prices(table, order):
    return table.charge(order)  # ok: another `charge`
