def first(rows):
    return [row.id for row in rows]
