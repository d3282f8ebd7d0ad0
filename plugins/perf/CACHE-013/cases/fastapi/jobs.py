import data


def renew(rate):
    data.RATES["a"] = rate
