from cachetools import TTLCache

_prices = TTLCache(maxsize=1000, ttl=60)


def price_of(user_id: str) -> int:
    if user_id not in _prices:
        # ok: bounded, and entries expire; mutate: s/TTLCache(maxsize=1000, ttl=60)/{}/
        _prices[user_id] = len(user_id)
    return _prices[user_id]
