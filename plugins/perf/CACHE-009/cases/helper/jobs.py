from store import keep, keep_for, keep_spread
from shop.db import all_products


def warm_cache():
    for product in all_products():
        keep(product)
        keep_for(product, 3600)
        keep_spread(f"spread:{product.id}", product.text, 3600)  # ok: the wrapper spreads it
