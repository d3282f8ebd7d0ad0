import requests
from health_check.backends import BaseHealthCheckBackend
from health_check.plugins import plugin_dir


class StockCheck(BaseHealthCheckBackend):
    def check_status(self):
        requests.get("https://stock.internal/ping", timeout=2)  # finding: CR-002 confidence: medium

    def refresh(self):
        requests.get("https://stock.internal/all", timeout=2)  # ok: nothing asks for it


class Stock:
    def check_status(self):
        requests.get("https://stock.internal/ping", timeout=2)  # ok: no health check; mutate: s/class Stock:/class Stock(BaseHealthCheckBackend):/


plugin_dir.register(StockCheck)
