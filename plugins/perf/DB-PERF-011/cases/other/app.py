def first(names):
    return names.find("a")
