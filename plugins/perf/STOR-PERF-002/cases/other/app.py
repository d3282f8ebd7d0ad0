def first(names):
    return names[0]
