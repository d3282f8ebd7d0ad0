import acme_flags
from acme_flags import Flags

flags = Flags("settlement")


def settle(bookings, market):
    total = 0
    for booking in bookings:
        if acme_flags.is_on("new-fees"):  # finding: PAY-FLAG-001 confidence: high
            total += booking.fee
        if flags.variant("rounding", market) == "bankers":  # finding: PAY-FLAG-001 confidence: high
            total = round(total)
    return total


def lines(merchants):
    for merchant in merchants:
        for booking in merchant.bookings:
            # Asked once per booking, and the answer is one per merchant.
            if flags.is_on("netting", merchant.id):  # finding: PAY-FLAG-001 confidence: medium
                yield booking.net


def fees(bookings):
    return [booking.fee for booking in bookings if acme_flags.is_on("new-fees")]  # finding: PAY-FLAG-001


def by_name(bookings):
    for booking in bookings:
        if acme_flags.is_on(name="new-fees"):  # finding: PAY-FLAG-001
            booking.fee = 0


def of_several(bookings, *which):
    for booking in bookings:
        if acme_flags.is_on(*which):  # finding: PAY-FLAG-001
            booking.fee = 0
