import pandas  # ok: nothing says that a platform starts it


def totals(rows):
    return pandas.DataFrame(rows).sum().to_dict()


def show(event, order):
    return totals(event["rows"])
