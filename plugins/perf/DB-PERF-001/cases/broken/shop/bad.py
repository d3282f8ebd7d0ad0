def find(names:
    for
