import requests

SETTINGS = requests.get("https://settings.example", timeout=3).json()  # ok: once, when the module is loaded
