from prometheus_client import Counter

CONVERTED = Counter("converted_total", "Conversions")  # ok: whoever uses it exposes it
