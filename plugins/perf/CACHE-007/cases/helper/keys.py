def stock_key(number):
    return f"stock:{number}"
