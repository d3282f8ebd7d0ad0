import time

import acme_flags


def settle(bookings):
    new_fees = acme_flags.is_on("new-fees")  # ok: asked once
    for booking in bookings:
        if new_fees and acme_flags.is_on("fees", booking.merchant):  # ok: another answer for each merchant; mutate: s/, booking.merchant//
            booking.fee = 0


def wait():
    while not acme_flags.is_on("settlement"):  # ok: it waits until somebody switches it on
        time.sleep(30)


def names():
    return [acme_flags.is_on(name) for name in ("fees", "netting")]  # ok: two flags


def three():
    # ok: three turns; mutate: s/in (1, 2, 3)/in read()/
    return [acme_flags.is_on("fees") for _ in (1, 2, 3)]
