def first(rows):
    return rows[0]
