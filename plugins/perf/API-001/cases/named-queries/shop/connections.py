def connection():
    return None
