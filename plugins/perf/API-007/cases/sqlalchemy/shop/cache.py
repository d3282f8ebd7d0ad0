def cached_total(name, count):
    return count()


def total_of(name, count):
    return count()
