def join_pages(name):
    return name * 2
