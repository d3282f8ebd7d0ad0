from acme_ledger import Client

CLIENT = Client("refunds")


def give_back(_, number, total):
    # perfctl: allow PAY-IDEM-001 -- the ledger refuses a second refund of an order
    CLIENT.refund(number, total)


def move(number, total):
    CLIENT.transfer(number, "reserve", total)  # finding: PAY-IDEM-001
