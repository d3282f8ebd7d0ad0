import requests

RATES = requests.get("https://rates.example/today", timeout=2).json()  # finding: PERF-002
