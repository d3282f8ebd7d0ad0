PRICES = {"a": 1, "b": 2, "c": 3, "d": 4, "e": 5}
RATES = {"a": 1, "b": 2, "c": 3, "d": 4, "e": 5}
TAXES = {"a": 1, "b": 2, "c": 3, "d": 4, "e": 5}
UNITS = {"a": 1, "b": 2, "c": 3, "d": 4, "e": 5}


def refresh():
    PRICES.update(load())


def forget(name):
    del UNITS[name]
