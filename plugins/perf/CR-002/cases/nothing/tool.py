import requests


def health():
    return requests.get("https://stock/health", timeout=5).json()
