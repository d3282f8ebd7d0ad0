from shop.models import Order, Stock


def load_order(session, number):
    return session.get(Order, number)


def load_stock(session, number):
    return session.get(Stock, number)
