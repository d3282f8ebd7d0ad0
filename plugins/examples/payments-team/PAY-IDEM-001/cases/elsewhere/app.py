def charge(table, order):
    return table.charge(order)
