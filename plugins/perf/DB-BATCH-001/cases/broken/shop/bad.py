def keep(items:
    for
