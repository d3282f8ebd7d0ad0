def price(amount):
    return amount * 2
