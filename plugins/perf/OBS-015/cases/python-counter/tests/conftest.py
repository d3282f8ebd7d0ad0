class QueryCounter:
    count = 0
